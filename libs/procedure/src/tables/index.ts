// The pure half of the library: tables and decisions, without a database, a clock or a broker. A service's domain/ imports only this part
// of the library.
export { decideFact, decideStep, LONGEST_TEXT } from './decide';
export { checkOpen, readGates, type Gate, type GateRule } from './gates';
export { CAPACITIES, DELIVERY_MODES, DELIVERY_RULES, CREDENTIAL, laterDay, notYours, receiptRows, servedFrom } from './documents/delivery';
export { documentTitle, withIssued, type DocumentTable, type Facts, type Heading, type Rows } from './documents/document-table';
export { composeDocument } from './documents/paper';
export { counterOf, numbering, type Counter } from './number';
export { checkSeparate, doubled, lastTakerOf, partsOf, takersOf } from './parts';
export {
  withEntry,
  type At,
  type NewEntry,
  type Procedure,
  type StepRule,
  type StepTable,
  type TaskRule,
  type TrackRule,
} from './procedure';
export {
  allowedSteps,
  checkStanding,
  checkTaker,
  moveOf,
  obstaclesOf,
  particularsOf,
  readSteps,
  type AllowedStep,
  type Obstacle,
  type StepsRead,
} from './standing';
export { limitsOf, type StepLimits } from './step-limits';
export { tasksOf, type WaitingTask } from './tasks';
export {
  SYSTEM,
  type Asked,
  type AttachmentOfFile,
  type Capacity,
  type Delivery,
  type DeliveryMode,
  type Entry,
  type ProcedureFile,
  type Surroundings,
  type Terms,
} from './terms';
export {
  extended,
  isOpen,
  LIMIT_STATES,
  movedTo,
  nextLook,
  resumed,
  startLimit,
  suspended,
  tick,
  titleOf,
  type Amount,
  type Counting,
  type Limit,
  type LimitAmount,
  type LimitAmounts,
  type LimitRule,
  type LimitState,
  type LimitTable,
  type Started,
} from './limit';
export { checkActsFor, checkRole, checkWriter, type Writer } from './writer';
