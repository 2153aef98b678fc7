import { join } from 'node:path';
import type { Settings } from '../workers/settings.js';
import { plainEnvironment } from '../workers/child-environment.js';
import { postgresAnswers } from './postgres-answers.js';
import { asOrdinaryUser } from './postgres-account.js';
import { postgresBinaries } from './postgres-binaries.js';
import { dataFolder, ensureCluster, removeStalePid } from './postgres-cluster.js';
import type { Launch, Service } from './service.js';

/** Small, loopback only, and nothing outside its folder: no socket in /tmp, no named shared memory. */
const OPTIONS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '32MB',
  max_connections: '50',
  dynamic_shared_memory_type: 'mmap',
  huge_pages: 'off',
  io_method: 'sync',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  jit: 'off',
};

/** A real PostgreSQL server from the npm package, without its wrapper. */
export function postgresService(settings: Settings, port: number): Service {
  const data = dataFolder(settings.home);
  const launch = (): Launch => {
    ensureCluster(settings);
    removeStalePid(settings.home);
    const options = Object.entries(OPTIONS).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = ['-D', data, '-p', String(port), ...options];
    const env = plainEnvironment(settings.environment);
    return { ...asOrdinaryUser(join(postgresBinaries(), 'postgres'), args), env };
  };
  return {
    name: 'postgres',
    launch,
    marks: ['-D', data],
    answers: () => postgresAnswers(port),
    readyFile: null,
    // SIGINT is its fast shutdown: sessions are cut, nothing is lost
    stopSignal: 'SIGINT',
    make: '',
  };
}
