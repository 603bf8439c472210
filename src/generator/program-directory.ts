/** The directory of the compiled program in a module: made by the build, not by the generator, and not compared. */
export const PROGRAM_DIRECTORY = 'bin';

/** The directory of the modules with PSDSC classes in a module. */
export const CLASS_DIRECTORY = 'Dsc';
