import { UserError } from '../contract/user-error.js';

/** No engine answers on this machine: exit code 3, so that a script can tell it from a mistake. */
export class Unreachable extends UserError {}
