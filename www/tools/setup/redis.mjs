/** Redis, for the tests of `redisSessions` only. They start one of their own; the package's service is not used. */
import { ensurePackages } from './debian.mjs';

export const ensureRedis = () => ensurePackages('Redis', [{ commands: ['redis-server'], package: 'redis-server' }]);
