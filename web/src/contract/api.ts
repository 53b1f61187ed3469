// Written by `python web/contract.py` from the Python models. Do not edit.

/** A number with its 95 % interval. */
export interface Amount {
  value: number;
  low: number;
  high: number;
}

/** Some of the customers: those with this value of the property. `since` None: from the initiative's start. */
export interface Arm {
  name: string;
  treated: boolean;
  since: string | null;
  share: number | null;
}

/** Customers with this value of the property; `since` a day of their own. */
export interface ArmSaid {
  name: string;
  treated?: boolean;
  since?: string | null;
}

/** Answers of one kind to one question; `about`: the places whose rules claim some of them, most first. */
export interface AskedOf {
  kind: string;
  question: string | null;
  answers: number;
  customers: number;
  about: string[];
}

/** Whether the chain of rows is whole; `broken_at` is the first row that does not fit. */
export interface AuditCheck {
  whole: boolean;
  rows: number;
  broken_at: number | null;
  newest: string;
}

/** One row: `who` is the id of a member ("" for the command line), `name` what they are called today. */
export interface AuditRow {
  id: number;
  at: string;
  who: string;
  name: string;
  what: string;
  whole: Record<string, unknown>;
}

/** How far the model missed on average, and how far the naive guess did. */
export interface BacktestError {
  outcome: string;
  error: number;
  naive_error: number;
  inside: number;
  months: number;
}

/** A month, foretold from the months before it. */
export interface BacktestMonth {
  month: string;
  outcome: string;
  journeys: number;
  foretold: number;
  low: number;
  high: number;
  was: number;
  naive: number;
  inside: boolean;
}

/** How well the model foretold months that it had not seen. */
export interface BacktestTold {
  note: string;
  errors: BacktestError[];
  told_edited_rates: number | null;
  not_told: number | null;
  months: BacktestMonth[];
}

/** What the measure was before: a reading of a fixed window. `until` is its last day. */
export interface Baseline {
  value: number;
  low: number | null;
  high: number | null;
  n: number;
  unit: string;
  per: "" | "week" | "customer and week";
  since: string;
  until: string;
}

/** The window that is measured; the half year before the start when nothing is said. */
export interface BaselineAsked {
  since?: string | null;
  until?: string | null;
}

/** A map and the events of the data, both ways. */
export interface Binding {
  coverage: CoverageOf;
  unmatched: UnmatchedEvent[];
  touchpoints: BoundPoint[];
  suggestions: BindingSuggestion[];
  answers: AskedOf[];
}

/** A touchpoint to which an event may belong, and why; nothing is bound until somebody takes it. */
export interface BindingSuggestion {
  touchpoint: string;
  event: string;
  score: number;
  why: string[];
}

export interface Body_data_api_doors_data_post {
  files: string[];
  answers?: string;
}

export interface Body_files_api_data_files_post {
  files: string[];
  answers?: string;
}

export interface Body_upload_api_maps__map_id__pictures_post {
  file: string;
}

/** A touchpoint with what its rule takes; both null for fewer than 5 customers. */
export interface BoundPoint {
  id: string;
  title: string;
  stage: string;
  bound: boolean;
  events: number | null;
  customers: number | null;
  due: boolean;
}

/** A card, how well it is grounded, and what the grade is made of. `customers` by kind of source: `sources`. */
export interface CardGraded {
  card: string;
  at: string;
  lane: string;
  says: string;
  grade: "strong" | "fair" | "weak" | "assumed only" | "contradicted";
  why: string;
  evidence: string;
  observed: string | null;
  sources: Record<string, number>;
  customers: number;
  fresh: number;
  newest: string | null;
  agreement: "agrees" | "undecided" | "contradicted" | "not measured";
  measure: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
}

/** One line of the history: who changed what, when, from what to what. */
export interface Change {
  at: string;
  who: string;
  what: string;
  before: string;
  after: string;
}

/** How many checks told of something, of all that were made. */
export interface CheckCounts {
  passed: number;
  tried: number;
}

/** One thing that does not hold: a promise, drift, a source, the data, the review, the truth score. */
export interface CheckFailed {
  check: string;
  at: string;
  says: string;
  way_out: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
}

/** Something that can be asked instead. */
export interface Choice {
  name: string;
  title: string;
}

/** What leads from one state of a map to another; `before` and `after` are what the map was and is. */
export interface Compared {
  changes: MapChange[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** What is to be otherwise in the recipe by which the files were read. */
export interface Corrections {
  called?: Record<string, string>;
  without?: string[];
  written?: Record<string, WayOfWriting>;
}

/** The weeks of those who got it, or of those they are compared with. */
export interface CourseLine {
  name: string;
  treated: boolean;
  weeks: CourseWeek[];
}

/** How the number went, week by week. */
export interface CourseTold {
  unit: string;
  starts_on: string;
  lines: CourseLine[];
  reached: number | null;
  without: CourseWithout | null;
}

/** The number in the week that begins on this Monday. */
export interface CourseWeek {
  week: string;
  value: number;
  n: number;
}

/** What the number would have been after the start without it. */
export interface CourseWithout {
  value: number;
  low: number | null;
  high: number | null;
}

/** How much of the data the map explains, and how much of the map the data do. */
export interface CoverageOf {
  events: number;
  events_explained: number;
  customers: number;
  customers_explained: number;
  touchpoints_bound: number;
  touchpoints_visited: number;
  silent: string[];
  unbound: string[];
  off_map: OffMap[];
  off_map_rare: number;
}

/** A customer behind a number: `x`, what is counted, out of `m`; `says` is `x` in its unit. Null for findings. */
export interface CustomerBehind {
  customer_id: string;
  texts: number;
  x: number | null;
  m: number | null;
  says: string | null;
}

/** One customer; `customer_id` is a pseudonym for whoever may not edit. */
export interface CustomerTold {
  map: string;
  customer_id: string;
  persona: string | null;
  persona_title: string;
  properties: Record<string, string>;
  cut: string;
  cut_says: string;
  currency: string | null;
  data_end: string;
  journeys: JourneyTold[];
  feedback: WordTold[];
}

/** Whom a number or a finding is about: the first of `n`. Without `n` its `note` says why nobody is listed. */
export interface CustomersBehind {
  measure: string;
  at: string;
  group: string;
  period: string;
  finding: string;
  title: string;
  place: string;
  whose: string;
  about: string;
  n: number | null;
  with_texts: number;
  note: string;
  customers: CustomerBehind[];
}

/** The first and the last day of the data, and how many days before today they end. */
export interface DataAge {
  first: string | null;
  last: string | null;
  days_old: number | null;
}

/** What a person says of their files: the time zone, how 3/4/2026 is meant, who and what, ends of scores. */
export interface DataAnswers {
  zone?: string | null;
  day_first?: boolean | null;
  customer?: string | null;
  event?: string | null;
  scales?: Record<string, unknown[]>;
  undated?: boolean;
}

/** How much the lake holds. */
export interface DataCounts {
  events: number;
  feedback: number;
  customers: number;
  campaigns: number;
  refusals: number;
  imports: number;
}

/** What the workspace holds; the newest import first, the source that is quiet for longest first. */
export interface DataHeld {
  counts: DataCounts;
  first: string | null;
  last: string | null;
  tier: string;
  imports: ImportMade[];
  sources: SourceHeld[];
  usual_days: number;
  silences: SourceSilence[];
}

/** What was measured, and from when to when. */
export interface DataWindow {
  events: number;
  customers: number;
  journeys: number;
  from: string | null;
  to: string | null;
}

/** The map that shows the demo company here; none until somebody asks for it. */
export interface DemoShown {
  map_id: string | null;
}

/** A way in which customers leave the intended path at a place, and what goes with it. */
export interface Deviation {
  rank: number;
  kind: string;
  place: string;
  customers: number | null;
  journeys: number | null;
  of: number | null;
  of_what: string;
  share: number | null;
  low: number | null;
  high: number | null;
  conversion_effect: number | null;
  conversion_low: number | null;
  conversion_high: number | null;
  score_effect: number | null;
  score_low: number | null;
  score_high: number | null;
  score_unit: string | null;
  value_effect: number | null;
  value_low: number | null;
  value_high: number | null;
  value_unit: string | null;
  loss: number | null;
  says: string;
  note: string;
}

/** Something that the map itself promises differently in one channel. */
export interface DrawnApart {
  place: string;
  channel: string;
  part: string;
  here: string;
  elsewhere: string;
}

/** A question and what it does to the outcome; ratings are on 0–100. */
export interface DriverFound {
  question: string;
  place: string;
  title: string;
  n: number;
  importance: Estimated;
  slope: Estimated;
  performance: Estimated;
  significant: boolean;
  quadrant: string;
  asymmetry: PenaltyReward;
}

/** Somebody changed these fields of a record ("" for the map's head). `by` is a name, "" for nobody known. */
export interface EditCard {
  record: string;
  fields: string[];
  by: string;
  at: string;
}

/** A change that was asked for: what it is now, and what it would be. */
export interface EditTold {
  edit: string;
  kind: string;
  place: string;
  to: string;
  now: number;
  then: number;
  n: number;
  responses: Record<string, unknown>;
}

/** Where the weights come from. */
export interface EffortBasis {
  calibrated: boolean;
  says: string;
}

/** A sign of effort and what it adds to the index. */
export interface EffortComponent {
  component: string;
  title: string;
  measurable: boolean;
  why: string;
  weight: number | null;
  mean: number | null;
  points: number | null;
}

/** Effort of the journeys of a group. */
export interface EffortGroup {
  group: string;
  n: number | null;
  m: number | null;
  effort: number | null;
  low: number | null;
  high: number | null;
  note: string;
}

/** A hand-off, and the effort that follows it. */
export interface EffortHandOff {
  kind: string;
  rank: number;
  from: string;
  to: string;
  hand_offs: number | null;
  n: number | null;
  effort: number | null;
  low: number | null;
  high: number | null;
  share: number | null;
  mostly: string;
  note: string;
}

/** Effort per journey, 0 to 100. */
export interface EffortIndex {
  effort: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  m: number | null;
  note: string;
}

/** Effort at a stage or touchpoint, by component; the components' points are beside these fields. */
export interface EffortPlace {
  kind: string;
  at: string;
  n: number | null;
  m: number | null;
  effort: number | null;
  low: number | null;
  high: number | null;
  share: number | null;
  mostly: string;
  note: string;
}

/** How well the index goes with what customers said of their effort. */
export interface EffortTrust {
  says: string;
}

/** A number with its 95 % interval; none where it is not known. */
export interface Estimated {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** An event where it was placed; `title` is the touchpoint's, or the event's own name. */
export interface EventTold {
  at: string;
  after_s: number | null;
  event: string | null;
  title: string;
  touchpoint: string | null;
  stage: string | null;
  step: number | null;
  named: boolean;
  channel: string | null;
  channel_title: string;
  status: string | null;
  value: number | null;
  currency: string | null;
  case_id: string | null;
  due_at: string | null;
  deviations: string[];
}

/** A kind of file. `loses`: what of a map is not in it; nothing: everything is. */
export interface ExportFormat {
  name: string;
  title: string;
  ending: string;
  says: string;
  loses: string[];
}

/** What a person says of files: answers, the recipe (YAML) that they wrote for them, or corrections of it. */
export interface FilesSaid {
  zone?: string | null;
  day_first?: boolean | null;
  customer?: string | null;
  event?: string | null;
  scales?: Record<string, unknown[]>;
  undated?: boolean;
  recipe?: string | null;
  corrections?: Corrections | null;
}

/** A finding with its words. `records`: where it is on the map; `opens`: its customers can be listed. */
export interface FindingCore {
  id: string;
  key: string;
  rule: string;
  title: string;
  at: string;
  place: string;
  records: string[];
  stage: string;
  sort: "problem" | "chance";
  group: string;
  since: string | null;
  until: string | null;
  says: string;
  effect: FindingEffect;
  customers: number;
  journeys: number;
  grade: "A" | "B" | "C" | "D";
  grade_says: string;
  p: number | null;
  q: number | null;
  checks: CheckCounts;
  shrunk: number;
  facts: string[];
  method: string[];
  what_helps: string;
  about: string;
  opens: boolean;
  recompute: string;
  evidence: FindingEffect[];
  harms: FindingHarm[];
  quotes: string[];
}

/** What a finding costs in a year, and how sure its place in the order is. What no data tell is null. */
export interface FindingCost {
  influence: string;
  influence_says: string;
  effort: number | null;
  harmed: string | null;
  reach: YearRange | null;
  lost: YearRange | null;
  money: YearRange | null;
  in_top_3: number | null;
  ranks: RankSpan | null;
  worth_knowing: number | null;
  scores: Record<string, number>;
  says: string;
}

/** What somebody decided about a finding: accept, dismiss, snooze or reopen. */
export interface FindingDecision {
  finding_key: string;
  decision: string;
  reason: string;
  who: string;
  at: string;
  until: string | null;
}

/** A number with its 95 % interval; `told` is the same in words. `difference`: it is told with its sign. */
export interface FindingEffect {
  says: string;
  value: number;
  low: number | null;
  high: number | null;
  unit: string;
  n: number;
  n_other: number | null;
  apart: boolean;
  told: string;
  difference: boolean;
}

/** What one affected journey costs: a difference of an outcome, below 0 for worse. */
export interface FindingHarm {
  outcome: string;
  value: number;
  low: number;
  high: number;
  unit: string;
}

/** A finding that leads, what it costs, its place in each order, and what it shows in beside it. */
export interface FindingTold {
  id: string;
  key: string;
  rule: string;
  title: string;
  at: string;
  place: string;
  records: string[];
  stage: string;
  sort: "problem" | "chance";
  group: string;
  since: string | null;
  until: string | null;
  says: string;
  effect: FindingEffect;
  customers: number;
  journeys: number;
  grade: "A" | "B" | "C" | "D";
  grade_says: string;
  p: number | null;
  q: number | null;
  checks: CheckCounts;
  shrunk: number;
  facts: string[];
  method: string[];
  what_helps: string;
  about: string;
  opens: boolean;
  recompute: string;
  evidence: FindingEffect[];
  harms: FindingHarm[];
  quotes: string[];
  cost: FindingCost;
  ranks: Record<string, number>;
  decision: FindingDecision | null;
  beside: string[];
  also: FindingCore[];
}

/** From when to when the data are, and their version. */
export interface FindingsWindow {
  from: string | null;
  to: string | null;
  version: string;
}

/** Customers who come to a step, whatever lies between it and the one before. */
export interface FunnelStep {
  level: number;
  step: string;
  customers: number | null;
  share_of_first: number | null;
  share_of_previous: number | null;
  lost: number | null;
  median_s: number | null;
}

/** Customers by the furthest step that they come to. */
export interface FunnelTaken {
  question: string;
  hidden: number;
  note: string;
  places: PlaceOnMap[];
  planned: PlannedMove[];
  customers: number | null;
  within_s: number | null;
  rows: FunnelStep[];
}

/** The server answers. */
export interface Health {
  status?: "ok";
}

/** An import. Rows: accepted + refused + duplicates = read; the others count records that were new. */
export interface ImportMade {
  id: string;
  at: string;
  recipe: string;
  files: ImportedFile[];
  read: number;
  accepted: number;
  refused: number;
  duplicates: number;
  events: number;
  feedback: number;
  customers: number;
  campaigns: number;
  undoable: boolean;
  aside: boolean;
  replayed: string | null;
}

/** The import that is no longer there. */
export interface ImportUndone {
  import_id: string;
}

/** A file of an import, and its rows. */
export interface ImportedFile {
  name: string;
  sha256: string;
  rows: number;
}

/** What is to be changed of an initiative; what is left out stays. */
export interface InitiativeEdit {
  title?: string | null;
  owner?: string | null;
  team?: string | null;
  hypothesis?: string | null;
  findings?: string[] | null;
  starts_on?: string | null;
  ends_on?: string | null;
  target?: TargetSaid | null;
  roll_out?: RollOutSaid | null;
}

/** An initiative to propose. Its baseline is measured at once: the half year before the start, or this window. */
export interface InitiativeNew {
  title: string;
  owner?: string | null;
  team?: string | null;
  hypothesis?: string | null;
  findings?: string[] | null;
  starts_on?: string | null;
  ends_on?: string | null;
  target?: TargetSaid | null;
  roll_out?: RollOutSaid | null;
  tasks?: TaskSaid[];
  baseline_since?: string | null;
  baseline_until?: string | null;
}

/** An initiative as `desireline initiative show --json` says it, and what a page needs beside it. */
export interface InitiativeTold {
  title: string;
  map_id: string;
  target: Target;
  findings: string[];
  owner: string;
  team: string;
  hypothesis: string;
  starts_on: string | null;
  ends_on: string | null;
  roll_out: RollOut;
  tasks: Task[];
  id: string;
  status: "proposed" | "planned" | "running" | "finished" | "stopped";
  ended_on: string | null;
  looks: string[];
  version: number;
  history: Change[];
  verdicts: Judged[];
  overlaps: string[];
  place: string;
  moves: string;
  ways: string[];
  began: boolean;
  progress: Progress | null;
}

/** An invitation that nobody has accepted yet. `title` says for whom it is. */
export interface InvitationCard {
  id: string;
  title: string;
  role: Role;
  made_by: string;
  made_at: string;
  expires_at: string;
}

/** What stands after `#` in the link. */
export interface InvitationSecret {
  secret: string;
}

/** What an invitation offers. */
export interface Invited {
  workspace: string;
  role: Role;
  by: string;
  expires_at: string;
}

/** A piece of work as it stands now. */
export interface Job {
  id: string;
  kind: string;
  by: string;
  state?: "waiting" | "running" | "done" | "failed" | "cancelled";
  share?: number | null;
  says?: string;
  result?: Record<string, unknown> | null;
  problem?: Problem | null;
}

/** Who accepts: the name that others see and that one signs in with, and a password. */
export interface Joining {
  secret: string;
  name: string;
  password: string;
}

/** One journey, beside the map. */
export interface JourneyTold {
  journey_id: string;
  number: number;
  started_at: string;
  ended_at: string;
  lasted_s: number;
  state: string;
  success: boolean;
  channel: string | null;
  channel_title: string;
  value: number;
  kept: boolean | null;
  fitness: number;
  route: LaidTold[];
  route_says: string;
  expects: string[];
  expects_titles: string[];
  deviations: LeftTold[];
  effort: SignTold[];
  events: EventTold[];
  feedback: WordTold[];
}

/** A verdict, written back: its word, its sentence, and all of it as plain data. */
export interface Judged {
  at: string;
  who: string;
  word: string;
  says: string;
  data_until: string | null;
  whole: Record<string, unknown>;
}

/** A touchpoint of the route: done, extra, missing, not reached; and how it departed from the map. */
export interface LaidTold {
  touchpoint: string;
  title: string;
  move: string;
  deviations: string[];
}

/** A question that could be no driver, and why. */
export interface LeftOut {
  question: string;
  why: string;
}

/** A deviation from the map. */
export interface LeftTold {
  kind: string;
  place: string;
  title: string;
}

/** A rate that can be edited (“place what”), and what ten per cent less of it is worth in a year. */
export interface Lever {
  place: string;
  what: string;
  rate: number;
  n: number;
  conversions: Amount;
  value: Amount | null;
  felt: Amount | null;
}

/** What could be changed on a map. */
export interface LeversTold {
  map: string;
  only: string;
  basis: string;
  notes: string[];
  levers: Lever[];
  waits: Wait[];
  backtest: BacktestTold;
}

/** The secret of a one-time link: what stands after `#`. */
export interface Link {
  secret: string;
}

/** A new invitation; its secret is shown only now. The link is `/join#SECRET`. */
export interface MadeInvitation {
  invitation: InvitationCard;
  secret: string;
}

/** A new link. Its address (`path`, behind that of the server) is shown only now. */
export interface MadeShare {
  share: ShareCard;
  secret: string;
  path: string;
}

/** A new token; it is shown only now. */
export interface MadeToken {
  about: TokenCard;
  token: string;
}

/** What was changed, and the versions that were made around it; none where nothing was changed. */
export interface MapBrought {
  changes: MapChange[];
  before: VersionCard | null;
  after: VersionCard | null;
}

/** A map as it stands in a list. Instants are ISO texts in UTC, "" for never; `made_by` and `here` are names. */
export interface MapCard {
  id: string;
  map_id: string;
  title: string;
  owner: string;
  made_by: string;
  made_at: string;
  changed_at: string;
  archived_at: string;
  here: string[];
  sketch: MapSketch | null;
}

/** One difference between two states of a map, and a sentence about it. `field` is "" for a whole record. */
export interface MapChange {
  kind: string;
  record: string;
  id: string;
  field: string;
  old: unknown;
  new: unknown;
  says: string;
}

/** How the copy of a map is called. */
export interface MapCopy {
  title: string;
}

/** A map's file. `name` is what the file is called; with `dry_run` nothing is changed, only told. */
export interface MapFileText {
  text: string;
  name?: string;
  dry_run?: boolean;
}

/** What was found in a map's data. `put_away`: how many were dismissed or put off and are not told. */
export interface MapFindings {
  map: string;
  data: FindingsWindow;
  checks: CheckCounts;
  families: Record<string, CheckCounts>;
  findings: FindingTold[];
  put_away: number;
  currency: string | null;
  orders: string[];
}

/** What a map is called, and whose it is; what is left out stays. */
export interface MapHeadEdit {
  title?: string | null;
  owner?: string | null;
}

/** A map, measured; `method` holds for all its numbers. */
export interface MapMeasured {
  map: string;
  data: DataWindow;
  coverage: CoverageOf;
  readings: Reading[];
  deviations: Deviation[];
  method: MethodTold[];
}

/** A map in a few numbers. */
export interface MapSketch {
  stages: string[];
  points: PointSketch[];
  cards: number;
  personas: string[];
  remarks: RemarkCounts;
}

/** A map, checked as of today. */
export interface MapTruth {
  map: string;
  failed: boolean;
  failures: CheckFailed[];
  data: DataAge;
  truth: TruthTold;
  grades: Record<string, number>;
  cards: CardGraded[];
  promises: PromiseJudged[];
  reminders: ReminderTold[];
}

/** The member who asks. */
export interface Me {
  id: string;
  name: string;
  role: Role;
  rights: Right[];
  workspace: string;
  has_password: boolean;
  needs_current: boolean;
}

/** What a measure means: its unit, the kinds of places where it can be read, how many customers it needs. */
export interface MeasureKnown {
  measure: string;
  title: string;
  family: string;
  unit: string;
  places: string[];
  minimum: number;
  about: string;
}

/** A member as others see them. `active`: may come in. */
export interface MemberCard {
  id: string;
  name: string;
  role: Role;
  active: boolean;
  made_at: string;
}

/** What is to be changed; what is left out stays. */
export interface MemberChange {
  name?: string | null;
  role?: Role | null;
  active?: boolean | null;
}

/** A link that signs a member in once: `/open#SECRET`. It is shown only now. */
export interface MemberLink {
  secret: string;
  expires_at: string;
}

/** Whether a model that remembers one step more would say otherwise. */
export interface MemoryTold {
  bic_order_1: number;
  bic_order_2: number;
  conversion_delta_order_2: number | null;
}

/** A comment in which you were named. `map_id` is the map's, `by` a name. */
export interface MentionCard {
  id: number;
  map_id: string;
  title: string;
  comment_id: string;
  by: string;
  at: string;
  says: string;
}

/** How the numbers were counted: by what, in which order, over which time, and what is left over. */
export interface MethodTold {
  about: string;
  says: string;
}

/** How often one touchpoint follows another directly, and after how many seconds. */
export interface Move {
  before: string;
  after: string;
  moves: number;
  share: number | null;
  median_s: number;
}

/** The most frequent moves, and exactly how many others were made. */
export interface MovesMade {
  question: string;
  hidden: number;
  note: string;
  places: PlaceOnMap[];
  planned: PlannedMove[];
  moves: number | null;
  distinct: number;
  other: number | null;
  rows: Move[];
}

/** What would be enough to see the effect that is sought, in 80 of 100 cases. */
export interface NeededTold {
  says: string;
  customers: number | null;
  weeks: number | null;
  groups: number | null;
  more: boolean;
}

/** Whom to invite: a note for owners, a role, and how many days the link lasts. */
export interface NewInvitation {
  role?: Role;
  title?: string;
  days?: number;
}

/** A map to be begun from a template. */
export interface NewMap {
  template?: string;
  title?: string;
}

/** A file from which a map is begun, and how the map is called if not as the file says. */
export interface NewMapFile {
  text: string;
  name?: string;
  title?: string;
}

/** What a member wants to be called. */
export interface NewName {
  name: string;
}

/** A new password; `current` is the one that it replaces. */
export interface NewPassword {
  password: string;
  current?: string;
}

/** A note on whom the link is for, and for how many days it works; none: until it is taken back. */
export interface NewShare {
  title?: string;
  days?: number | null;
}

/** What the token is for, what it may do, and for how many days. */
export interface NewToken {
  title: string;
  scopes: Right[];
  days?: number;
}

/** What a text holds: the map in short, what to know about it, and its file, from which a map can be begun. */
export interface NotationRead {
  notation: "yaml" | "mermaid" | "grid";
  title: string;
  stages: StageRead[];
  cards: number;
  personas: string[];
  lacks: string[];
  text: string;
}

/** A text in another notation. `notation` is found out when it is missing; `title` is for a grid, which has none. */
export interface NotationText {
  text: string;
  name?: string;
  notation?: "yaml" | "mermaid" | "grid" | null;
  title?: string;
}

/** Events on no touchpoint of the map. */
export interface OffMap {
  event: string;
  channel: string | null;
  events: number;
  customers: number;
}

/** A number now and then. Without them its note says why. */
export interface OutcomeTold {
  name: string;
  title: string;
  unit: string;
  before: Amount | null;
  after: Amount | null;
  delta: Amount | null;
  n: number | null;
  note: string;
}

/** One side against the others at one place. */
export interface ParityFound {
  place: string;
  title: string;
  sides: ParitySide[];
  compared: ParityGap;
  verdict: string;
  worse: string;
  says: string;
}

/** How far the sides are apart. */
export interface ParityGap {
  difference: Estimated;
  strata: number;
}

/** One side of a comparison. */
export interface ParitySide {
  name: string;
  title: string;
  customers: number | null;
  n: number | null;
  value: Estimated;
}

/** What low ratings cost and high ones bring, in points of the outcome. */
export interface PenaltyReward {
  penalty: Estimated;
  reward: Estimated;
  asymmetry: Estimated;
  kind: string;
}

/** A picture that a record may name as its `image`, and its size in pixels. */
export interface PictureCard {
  id: string;
  width: number;
  height: number;
}

/** A touchpoint that events can be on. */
export interface PlaceOnMap {
  id: string;
  title: string;
  stage: string;
}

/** A move from one touchpoint to the next that the map plans. */
export interface PlannedMove {
  before: string;
  after: string;
}

/** A touchpoint: the number of its stage from 0, the intended feeling (−2 to 2), and what it is. */
export interface PointSketch {
  stage: number;
  feeling: number | null;
  moment_of_truth: boolean;
  front: boolean;
}

/** A further reading of the same data: weeks from the start, or a day when nothing began. */
export interface PointTold {
  kind: string;
  at: number | string;
  value: number;
  low: number;
  high: number;
  p: number;
}

/** What went wrong. */
export interface Problem {
  code: string;
  says: string;
}

/** What the last written verdict says of the way to what is expected; shares of it, negative for the wrong way. */
export interface Progress {
  effect: number;
  low: number | null;
  high: number | null;
  unit: string;
  n: number;
  n_other: number | null;
  expected: number | null;
  share: number | null;
  share_of_plan: number | null;
}

/** A promise of the map beside what is measured: kept, broken, undecided, or not measured. */
export interface PromiseJudged {
  at: string;
  group: string;
  measure: string;
  at_least: number | null;
  at_most: number | null;
  verdict: string;
  says: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  unit: string;
}

/** A property of customers: how many have it, and its values that five or more share, the most frequent first. */
export interface PropertyKnown {
  property: string;
  customers: number;
  distinct: number;
  common: number;
  values: string[];
}

/** Which pieces of a proposal to take (all, when none are named), how the map is called, and what success is. */
export interface ProposalChoice {
  pieces?: string[] | null;
  title?: string;
  success?: string;
}

/** Whether a map is put away. */
export interface PutAway {
  archived: boolean;
}

/** Between which places it stands in 90 % of draws. */
export interface RankSpan {
  low: number;
  high: number;
}

/** A measure at a place, of a group in a period. Without a value its `note` says why. */
export interface Reading {
  measure: string;
  at: string;
  group: string;
  period: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  unit: string;
  note: string;
}

/** A recipe of this workspace, as text (YAML). */
export interface RecipeKept {
  name: string;
  text: string;
}

/** The text of a recipe. */
export interface RecipeWritten {
  text: string;
}

/** Refused rows of one reason; `replayed` of them belong to imports that were taken up again since. */
export interface RefusalReason {
  reason: string;
  says: string;
  rows: number;
  replayed: number;
}

/** All reasons, and the first rows of the one that was asked for, or of all. */
export interface Refusals {
  total: number;
  reasons: RefusalReason[];
  rows: RefusedRow[];
}

/** A row that was not taken; personal data is masked. */
export interface RefusedRow {
  import_id: string;
  source: string;
  row: number | null;
  reason: string;
  detail: string | null;
  raw: string | null;
}

/** What the map linter says, by how much it matters. */
export interface RemarkCounts {
  errors?: number;
  warnings?: number;
  hints?: number;
}

/** What people should look at again: the review, owners, cards that were observed long ago. */
export interface ReminderTold {
  kind: string;
  at: string;
  says: string;
  way_out: string;
  days: number | null;
}

/** The corrected recipe (YAML); with `dry_run` it is only told what would happen. */
export interface ReplayWanted {
  recipe: string;
  dry_run?: boolean;
}

/** A kind of report. `loses`: what is known and not in it. */
export interface ReportKind {
  form: "pdf" | "pptx" | "html";
  title: string;
  says: string;
  loses: string[];
}

/** What a member, or a token, may do. Everything that is not granted is denied. */
export type Right = "read" | "comment" | "edit" | "share" | "manage";

/** What a member is in a workspace. */
export type Role = "owner" | "editor" | "commenter" | "viewer";

/** Who gets it: customers by lot, some groups before others, or everybody at once. */
export interface RollOut {
  kind: "randomised" | "by group" | "everywhere";
  by: string;
  arms: Arm[];
  controls: string[];
}

/** Who gets it: everybody at once, some groups before others, or customers by lot. */
export interface RollOutSaid {
  kind?: "randomised" | "by group" | "everywhere";
  by?: string;
  arms?: ArmSaid[];
  controls?: string[];
}

/** An order of touchpoints that customers share; immediate repeats count once. */
export interface RouteTaken {
  rank: number;
  route: string[];
  customers: number;
  share: number | null;
}

/** The routes of most customers, and exactly how many took others. */
export interface RoutesTaken {
  question: string;
  hidden: number;
  note: string;
  places: PlaceOnMap[];
  planned: PlannedMove[];
  customers: number | null;
  distinct: number;
  other: number | null;
  other_share: number | null;
  rows: RouteTaken[];
}

/** What a rule takes: all that it means, what of it stands here, and what others before it have. */
export interface RuleCount {
  meant: RuleTally;
  here: RuleTally;
  first: RuleTaken[];
}

/** What a touchpoint that stands earlier on the map has of it. */
export interface RuleTaken {
  events: number | null;
  customers: number | null;
  touchpoint: string;
  title: string;
}

/** Events and their customers; both null for fewer than 5 customers. */
export interface RuleTally {
  events: number | null;
  customers: number | null;
}

/** A question's score at a place, of a group in a period. `hollow`: of fewer than 30 customers. */
export interface ScoreCell {
  place: string;
  level: string;
  question: string;
  kind: string;
  scale: string;
  unit: string;
  group: string;
  period: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  hollow: boolean;
  shrunk: number | null;
  counts: ScoreCount[] | null;
  note: string;
}

/** How a score changed: the last period against all before, and per period; `…_holds` among all tests made. */
export interface ScoreChange {
  place: string;
  question: string;
  kind: string;
  unit: string;
  periods: number;
  last: string | null;
  change: number | null;
  change_low: number | null;
  change_high: number | null;
  change_holds: boolean | null;
  slope: number | null;
  slope_low: number | null;
  slope_high: number | null;
  slope_holds: boolean | null;
  note: string;
}

/** How often an answer was given. */
export interface ScoreCount {
  score: number;
  count: number;
}

/** How many of them were new. */
export interface SeenCount {
  seen: number;
}

/** Mentions that you looked at. */
export interface SeenMentions {
  ids: number[];
}

/** A topic that people put into another one, or that is not told. */
export interface SetAside {
  id: string;
  name: string;
  into: string | null;
  drop: boolean;
}

/** A link. `made_by` is a name; `expires_at` and `ended_at` are "" for never; `opened` counts how often it was. */
export interface ShareCard {
  id: string;
  title: string;
  made_by: string;
  made_at: string;
  expires_at: string;
  ended_at: string;
  opened: number;
  works: boolean;
}

/** A map as anybody with the link sees it: without comments, votes, and who changed what. */
export interface SharedMap {
  title: string;
  changed_at: string;
  expires_at: string;
  data: Record<string, unknown>;
}

/** A member's name and password. */
export interface SignIn {
  name: string;
  password: string;
}

/** A sign of effort. */
export interface SignTold {
  component: string;
  title: string;
  says: string;
  value: number;
}

/** Rows of one name of event, answers having none; days in UTC. */
export interface SourceEvents {
  event: string | null;
  rows: number;
  first: string;
  last: string;
}

/** What one table of a recipe brought; days in UTC. */
export interface SourceHeld {
  source: string;
  rows: number;
  first: string;
  last: string;
  events: SourceEvents[];
  silence: SourceSilence | null;
}

/** A source without its usual rows; still so where `until` is null. */
export interface SourceSilence {
  source: string;
  kind: string;
  since: string;
  until: string | null;
  days: number;
  rows: number;
  usual: number;
  events: string[];
  says: string;
}

/** What people talk about, and what goes with it. */
export interface SpokenTopic {
  id: string;
  name: string;
  answers: number;
  customers: number;
  share: number;
  low: number;
  high: number;
  stability: number | null;
  loose: boolean;
  pinned: boolean;
  new: boolean;
  words: string[];
  score_effect: number | null;
  score_low: number | null;
  score_high: number | null;
  score_unit: string | null;
  feeling_effect: number | null;
  feeling_low: number | null;
  feeling_high: number | null;
  feeling_mean: number | null;
  trend: string | null;
  unmet: boolean | null;
  unmet_because: string | null;
  places: string[] | null;
}

/** A stage as it was read, with the titles of its touchpoints. */
export interface StageRead {
  title: string;
  touchpoints: string[];
}

/** Where an initiative goes, on which day (today), and why it is stopped. */
export interface StatusMove {
  to: "running" | "finished" | "stopped";
  on?: string | null;
  reason?: string;
}

/** The measure that is to move, where, for whom, which way, and by how much. */
export interface Target {
  measure: string;
  at: string;
  group: string;
  direction: "up" | "down";
  expected: number | null;
  smallest: number | null;
  baseline: Baseline | null;
}

/** Which number is to move, where, for whom, and by how much, in its unit without a sign. What is left out stays. */
export interface TargetSaid {
  measure?: string | null;
  at?: string | null;
  group?: string | null;
  direction?: "up" | "down" | null;
  expected?: number | null;
  smallest?: number | null;
}

/** Something to do. Its number is its place in the list, from 1. */
export interface Task {
  title: string;
  owner: string;
  done: boolean;
}

/** Whether a task is done. */
export interface TaskMove {
  done: boolean;
}

/** Something to do. */
export interface TaskSaid {
  title: string;
  owner?: string;
}

/** A map to begin with. */
export interface Template {
  name: string;
  title: string;
  about: string;
  sketch: MapSketch;
}

/** What is to be done with a finding; a dismissal needs a reason, a snooze a day that is to come. */
export interface ToDecide {
  decision: string;
  reason?: string;
  until?: string | null;
}

/** How much work it is, in what the team counts in (person-months, points …); null: nobody knows. */
export interface ToEffort {
  effort: number | null;
}

/** A token that is still good; `used_at` is "" for never. */
export interface TokenCard {
  id: string;
  title: string;
  member: string;
  scopes: Right[];
  made_at: string;
  expires_at: string;
  used_at: string;
}

/** What is said of a topic; what is left out stays. `into`: the topic that it is a part of, "" for none. */
export interface TopicAgreed {
  name?: string | null;
  pin?: boolean | null;
  drop?: boolean | null;
  into?: string | "" | null;
}

/** A period in which a topic was spoken of more often than before. */
export interface TopicBurst {
  topic: string;
  period: string;
  customers: number | null;
  times: number;
  q: number;
}

/** How many of those who spoke in a period spoke of a topic; none where that would tell of few. */
export interface TopicPeriod {
  topic: string;
  period: string;
  customers: number | null;
  of: number | null;
  share: number | null;
  low: number | null;
  high: number | null;
}

/** What a customer wrote, with personal data masked. */
export interface TopicQuote {
  topic: string;
  quote: string;
  language: string | null;
}

/** One part of the score, from 0 to 1; null where it cannot be told. */
export interface TruthPart {
  name: string;
  value: number | null;
  weight: number;
  says: string;
}

/** The score from 0 to 100, its parts, and the name of the part that costs most. */
export interface TruthTold {
  score: number | null;
  parts: TruthPart[];
  weakest: string | null;
}

/** Events on no touchpoint. `elsewhere`: others of this name are on one, so a rule should name the channel too. */
export interface UnmatchedEvent {
  event: string;
  channel: string | null;
  events: number;
  customers: number;
  elsewhere: boolean;
  named: string[];
}

/** A number with its interval; of a difference, what it is compared with. */
export interface VerdictEffect {
  says: string;
  value: number;
  low: number | null;
  high: number | null;
  unit: string;
  n: number;
  n_other: number | null;
  apart: boolean;
}

/** The verdict on an arm, or on all of it. */
export interface VerdictOne {
  verdict: string;
  says: string;
  measure: string;
  method: string;
  reason: string;
  grade: string;
  strength: string;
  arm: string;
  effect: VerdictEffect | null;
  p: number | null;
  p_adjusted: number | null;
  baseline: number | null;
  needed: NeededTold | null;
  equivalent: boolean;
  warnings: string[];
  points: PointTold[];
  narrowed: number | null;
}

/** Did it help: helped, no clear effect, harmed, or too early. */
export interface VerdictTold {
  initiative: string | null;
  verdict: string;
  says: string;
  verdicts: VerdictOne[];
  notes: string[];
  share_of_plan: number | null;
  looks: number;
  data_until: string;
  course: CourseTold;
  overlaps: string[];
}

/** A version in a list. `made_by` is a name, "" for nobody who is known any more. */
export interface VersionCard {
  id: string;
  number: number;
  title: string;
  kind: VersionKind;
  made_by: string;
  at: string;
}

/** Why there is a version. */
export type VersionKind = "named" | "before-restore" | "restored" | "before-import" | "imported" | "daily";

/** How a version is called. */
export interface VersionTitle {
  title: string;
}

/** A version with the map as it was, in the shape of its file. */
export interface VersionWhole {
  version: VersionCard;
  data: Record<string, unknown>;
}

/** What moves a score. `method_says`: how importance was worked out. */
export interface VoiceDrivers {
  map: string;
  says: string;
  of: string;
  n: number | null;
  explained: Estimated;
  drivers: DriverFound[];
  left_out: LeftOut[];
  notes: string[];
  method_says: string;
  kinds: Record<string, string>;
  mean_performance: number | null;
  mean_importance: number | null;
}

/** How hard journeys were. */
export interface VoiceEffort {
  map: string;
  says: string;
  basis: EffortBasis;
  validity: EffortTrust;
  index: EffortIndex;
  components: EffortComponent[];
  groups: EffortGroup[];
  places: EffortPlace[];
  hand_offs: EffortHandOff[];
  hand_offs_not_measurable: string[];
  titles: Record<string, string>;
}

/** Whether the same promise is kept in every channel. `within`: the margin in the unit of what is compared. */
export interface VoiceParity {
  map: string;
  says: string;
  measure: string;
  unit: string;
  by: string;
  margin: number;
  within: number;
  found: ParityFound[];
  tested: number;
  notes: string[];
  drawn_differently: DrawnApart[];
  choices: Choice[];
  titles: Record<string, string>;
}

/** Every score. */
export interface VoiceScores {
  map: string;
  scores: ScoreCell[];
  rules: Record<string, string>;
  notes: string[];
  titles: Record<string, string>;
}

/** What people talk about. */
export interface VoiceTopics {
  map: string;
  says: string;
  note: string;
  answers: number | null;
  customers: number | null;
  hidden: number;
  outliers: number | null;
  topics: SpokenTopic[];
  periods: TopicPeriod[];
  bursts: TopicBurst[];
  quotes: TopicQuote[];
  set_aside: SetAside[];
  titles: Record<string, string>;
}

/** How scores change. */
export interface VoiceTrend {
  map: string;
  changes: ScoreChange[];
  tested: number;
  hold: number;
  says: string;
}

/** A wait that can be edited: its mean in seconds, and the share of the stays before it that go this way. */
export interface Wait {
  place: string;
  to: string;
  share: number;
  seconds: number;
  n: number;
}

/** How the cells of a source are written; what is left out stays. */
export interface WayOfWriting {
  encoding?: string | null;
  delimiter?: string | null;
}

/** What changes do, if behaviour elsewhere stays the same. */
export interface WhatIfTold {
  map: string;
  only: string;
  basis: string;
  notes: string[];
  journeys: number;
  period: string;
  edits: EditTold[];
  outcomes: OutcomeTold[];
  places: OutcomeTold[];
  backtest: BacktestTold;
  memory: MemoryTold;
}

/** An answer, a review, a ticket; `feeling` is that of the text, −2 … +2. */
export interface WordTold {
  feedback_id: string;
  at: string | null;
  kind: string | null;
  question: string | null;
  score: number | null;
  low: number | null;
  high: number | null;
  text: string | null;
  feeling: number | null;
  channel: string | null;
  places: string[];
  titles: string[];
  bound: string | null;
}

/** A number a year with its 95 % interval. */
export interface YearRange {
  value: number;
  low: number;
  high: number;
  told: string;
}

export interface Operations {
  "GET /api/audit": { body: undefined; answer: AuditRow[] };
  "GET /api/audit/check": { body: undefined; answer: AuditCheck };
  "GET /api/data": { body: undefined; answer: DataHeld };
  "POST /api/data/files": { body: BodyInit; answer: Job };
  "DELETE /api/data/files/{upload_id}": { body: undefined; answer: undefined };
  "POST /api/data/files/{upload_id}/answers": { body: FilesSaid; answer: Job };
  "POST /api/data/files/{upload_id}/import": { body: undefined; answer: Job };
  "DELETE /api/data/imports/{import_id}/files": { body: undefined; answer: undefined };
  "GET /api/data/imports/{import_id}/recipe": { body: undefined; answer: RecipeKept };
  "POST /api/data/imports/{import_id}/replay": { body: ReplayWanted; answer: Job };
  "POST /api/data/imports/{import_id}/undo": { body: undefined; answer: ImportUndone };
  "GET /api/data/recipes": { body: undefined; answer: RecipeKept[] };
  "PUT /api/data/recipes/{name}": { body: RecipeWritten; answer: RecipeKept };
  "GET /api/data/refusals": { body: undefined; answer: Refusals };
  "GET /api/data/refusals.csv": { body: undefined; answer: undefined };
  "POST /api/doors/data": { body: BodyInit; answer: Job };
  "DELETE /api/doors/data/{upload_id}": { body: undefined; answer: undefined };
  "POST /api/doors/data/{upload_id}/accept": { body: ProposalChoice; answer: Job };
  "POST /api/doors/data/{upload_id}/answers": { body: DataAnswers; answer: Job };
  "GET /api/doors/demo": { body: undefined; answer: DemoShown };
  "POST /api/doors/demo": { body: undefined; answer: Job };
  "GET /api/exports": { body: undefined; answer: ExportFormat[] };
  "POST /api/imports": { body: NewMapFile; answer: MapCard };
  "GET /api/invitations": { body: undefined; answer: InvitationCard[] };
  "POST /api/invitations": { body: NewInvitation; answer: MadeInvitation };
  "POST /api/invitations/accept": { body: Joining; answer: undefined };
  "POST /api/invitations/look": { body: InvitationSecret; answer: Invited };
  "DELETE /api/invitations/{invitation_id}": { body: undefined; answer: undefined };
  "GET /api/jobs": { body: undefined; answer: Job[] };
  "DELETE /api/jobs/{job_id}": { body: undefined; answer: Job };
  "GET /api/jobs/{job_id}": { body: undefined; answer: Job };
  "GET /api/jobs/{job_id}/events": { body: undefined; answer: undefined };
  "GET /api/maps": { body: undefined; answer: MapCard[] };
  "POST /api/maps": { body: NewMap; answer: MapCard };
  "GET /api/maps/{map_id}": { body: undefined; answer: MapCard };
  "PATCH /api/maps/{map_id}": { body: MapHeadEdit; answer: MapCard };
  "PUT /api/maps/{map_id}/archived": { body: PutAway; answer: MapCard };
  "GET /api/maps/{map_id}/binding": { body: undefined; answer: Binding };
  "GET /api/maps/{map_id}/binding/count": { body: undefined; answer: RuleCount };
  "POST /api/maps/{map_id}/copies": { body: MapCopy; answer: MapCard };
  "GET /api/maps/{map_id}/customer": { body: undefined; answer: CustomerTold };
  "GET /api/maps/{map_id}/customers": { body: undefined; answer: CustomersBehind };
  "GET /api/maps/{map_id}/customers.csv": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/data": { body: undefined; answer: Record<string, unknown> };
  "GET /api/maps/{map_id}/edits": { body: undefined; answer: EditCard[] };
  "GET /api/maps/{map_id}/exports/{format}": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/file": { body: undefined; answer: undefined };
  "PUT /api/maps/{map_id}/file": { body: MapFileText; answer: MapBrought };
  "GET /api/maps/{map_id}/findings": { body: undefined; answer: MapFindings };
  "POST /api/maps/{map_id}/findings/{finding_id}/decision": { body: ToDecide; answer: FindingDecision };
  "GET /api/maps/{map_id}/findings/{finding_id}/decisions": { body: undefined; answer: FindingDecision[] };
  "PUT /api/maps/{map_id}/findings/{finding_id}/effort": { body: ToEffort; answer: ToEffort };
  "GET /api/maps/{map_id}/initiatives": { body: undefined; answer: InitiativeTold[] };
  "POST /api/maps/{map_id}/initiatives": { body: InitiativeNew; answer: InitiativeTold };
  "GET /api/maps/{map_id}/initiatives.csv": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/initiatives.json": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/initiatives/{initiative_id}": { body: undefined; answer: InitiativeTold };
  "PATCH /api/maps/{map_id}/initiatives/{initiative_id}": { body: InitiativeEdit; answer: InitiativeTold };
  "POST /api/maps/{map_id}/initiatives/{initiative_id}/baseline": { body: BaselineAsked; answer: InitiativeTold };
  "POST /api/maps/{map_id}/initiatives/{initiative_id}/status": { body: StatusMove; answer: InitiativeTold };
  "POST /api/maps/{map_id}/initiatives/{initiative_id}/tasks": { body: TaskSaid; answer: InitiativeTold };
  "PATCH /api/maps/{map_id}/initiatives/{initiative_id}/tasks/{number}": { body: TaskMove; answer: InitiativeTold };
  "GET /api/maps/{map_id}/initiatives/{initiative_id}/verdict": { body: undefined; answer: VerdictTold };
  "POST /api/maps/{map_id}/initiatives/{initiative_id}/verdict": { body: undefined; answer: InitiativeTold };
  "GET /api/maps/{map_id}/measured": { body: undefined; answer: MapMeasured };
  "GET /api/maps/{map_id}/paths/edges": { body: undefined; answer: MovesMade };
  "GET /api/maps/{map_id}/paths/funnel": { body: undefined; answer: FunnelTaken };
  "GET /api/maps/{map_id}/paths/routes": { body: undefined; answer: RoutesTaken };
  "POST /api/maps/{map_id}/pictures": { body: BodyInit; answer: PictureCard };
  "GET /api/maps/{map_id}/pictures/{picture_id}": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/report": { body: undefined; answer: undefined };
  "GET /api/maps/{map_id}/shares": { body: undefined; answer: ShareCard[] };
  "POST /api/maps/{map_id}/shares": { body: NewShare; answer: MadeShare };
  "DELETE /api/maps/{map_id}/shares/{share_id}": { body: undefined; answer: ShareCard };
  "GET /api/maps/{map_id}/truth": { body: undefined; answer: MapTruth };
  "GET /api/maps/{map_id}/versions": { body: undefined; answer: VersionCard[] };
  "POST /api/maps/{map_id}/versions": { body: VersionTitle; answer: VersionCard };
  "GET /api/maps/{map_id}/versions/{version_id}": { body: undefined; answer: VersionWhole };
  "PATCH /api/maps/{map_id}/versions/{version_id}": { body: VersionTitle; answer: VersionCard };
  "GET /api/maps/{map_id}/versions/{version_id}/changes": { body: undefined; answer: Compared };
  "POST /api/maps/{map_id}/versions/{version_id}/restore": { body: undefined; answer: MapBrought };
  "GET /api/maps/{map_id}/voice/drivers": { body: undefined; answer: VoiceDrivers };
  "GET /api/maps/{map_id}/voice/effort": { body: undefined; answer: VoiceEffort };
  "GET /api/maps/{map_id}/voice/parity": { body: undefined; answer: VoiceParity };
  "GET /api/maps/{map_id}/voice/scores": { body: undefined; answer: VoiceScores };
  "GET /api/maps/{map_id}/voice/topics": { body: undefined; answer: VoiceTopics };
  "PUT /api/maps/{map_id}/voice/topics/{topic_id}": { body: TopicAgreed; answer: Job };
  "GET /api/maps/{map_id}/voice/trend": { body: undefined; answer: VoiceTrend };
  "GET /api/maps/{map_id}/whatif": { body: undefined; answer: LeversTold };
  "GET /api/maps/{map_id}/whatif/answer": { body: undefined; answer: WhatIfTold };
  "GET /api/me": { body: undefined; answer: Me };
  "PATCH /api/me": { body: NewName; answer: Me };
  "PUT /api/me/password": { body: NewPassword; answer: undefined };
  "DELETE /api/me/sessions": { body: undefined; answer: undefined };
  "GET /api/measures": { body: undefined; answer: MeasureKnown[] };
  "GET /api/members": { body: undefined; answer: MemberCard[] };
  "PATCH /api/members/{member_id}": { body: MemberChange; answer: MemberCard };
  "POST /api/members/{member_id}/link": { body: undefined; answer: MemberLink };
  "GET /api/mentions": { body: undefined; answer: MentionCard[] };
  "POST /api/mentions/seen": { body: SeenMentions; answer: SeenCount };
  "POST /api/notations": { body: NotationText; answer: NotationRead };
  "GET /api/properties": { body: undefined; answer: PropertyKnown[] };
  "GET /api/reports": { body: undefined; answer: ReportKind[] };
  "DELETE /api/session": { body: undefined; answer: undefined };
  "POST /api/session/link": { body: Link; answer: undefined };
  "POST /api/session/password": { body: SignIn; answer: undefined };
  "GET /api/shared/{secret}": { body: undefined; answer: SharedMap };
  "GET /api/shared/{secret}/pictures/{picture_id}": { body: undefined; answer: undefined };
  "GET /api/templates": { body: undefined; answer: Template[] };
  "GET /api/templates/{name}": { body: undefined; answer: Record<string, unknown> };
  "GET /api/tokens": { body: undefined; answer: TokenCard[] };
  "POST /api/tokens": { body: NewToken; answer: MadeToken };
  "DELETE /api/tokens/{token_id}": { body: undefined; answer: undefined };
  "GET /healthz": { body: undefined; answer: Health };
  "GET /metrics": { body: undefined; answer: string };
  "GET /readyz": { body: undefined; answer: Health };
}
