/** The parts that every page is made of. */
export { Avatar, Avatars, initials } from "./Avatar";
export { Button, ButtonLink, IconButton, Spinner } from "./Button";
export { Chip, type Tone } from "./Chip";
export { CopyField } from "./CopyField";
export { Dialog } from "./Dialog";
export { Field } from "./Field";
export { Icon } from "./Icon";
export type { IconName } from "./icons";
export { ContextMenu, Menu, MenuHeading, MenuItem, MenuLine } from "./Menu";
export { Panel } from "./Panel";
export { Reach } from "./Reach";
export { type Option, Select } from "./Select";
export { Busy, Empty, Fault, Skeleton } from "./States";
export { Switch, Tick } from "./Switch";
export { Segments, type Tab, Tabs } from "./Tabs";
export { announce, ToastLayer, useAnnounce } from "./Toast";
export { Tooltip, TooltipLayer } from "./Tooltip";
