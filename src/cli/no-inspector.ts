/**
 * Importing this file prevents SIGUSR1 from opening Node's inspector, a listening socket through which any local user
 * could run code. An empty handler replaces Node's own. (`--disable-sigusr1` does the same, but Node.js 20 exits with
 * an error for the unknown option.)
 */
process.on('SIGUSR1', () => {});
