/** The fields that hold something: null and undefined say nothing, and are not kept. */
export function filled<F extends object>(fields: F): F {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as F;
}
