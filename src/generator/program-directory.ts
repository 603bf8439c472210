/** Folder of the compiled program inside a module: made by the build, not by the generator, and not compared. */
export const PROGRAM_DIRECTORY = 'bin';

/** Folder of the modules with PSDSC classes inside a module. */
export const CLASS_DIRECTORY = 'Dsc';
