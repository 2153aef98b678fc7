export { type AuditLog, auditFile, openAuditLog, readAuditLog } from './audit-log.js';
export { withLock } from './folder-lock.js';
export { sha256 } from './sha256.js';
