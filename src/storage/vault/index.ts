export { openKeys, type StewardKeys } from './keys.js';
export { readNumbers, writeNumbers } from './numbers.js';
export {
  inspectVault,
  listVaults,
  openVault,
  type OpenVault,
  readStewardConfig,
  suiteOf,
} from './open-vault.js';
export { requirePrivate } from './private-folder.js';
