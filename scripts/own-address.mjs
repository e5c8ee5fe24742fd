import { pid, platform } from 'node:process';

/**
 * An address of this machine that only this process uses: a port that it leaves there is free when it wants it again,
 * while others get theirs. Only Linux has all of 127.0.0.0/8 at once.
 */
export const OWN_ADDRESS =
  platform === 'linux'
    ? `127.${64 + ((pid >> 16) & 63)}.${(pid >> 8) & 255}.${pid & 255}`
    : '127.0.0.1';
