/**
 * Importing this file keeps SIGUSR1 from opening node's inspector, which is a listening socket through which anybody on this computer
 * could run code. A handler takes the place of node's; it does nothing. (`--disable-sigusr1` does the same, but Node.js 20 ends with
 * an option that it does not know.)
 */
process.on('SIGUSR1', () => {});
