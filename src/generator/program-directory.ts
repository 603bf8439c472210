/** The directory of the compiled program in a module. The build makes it, so the generator does not compare it. */
export const PROGRAM_DIRECTORY = 'bin';

/** The directory of the modules with PSDSC classes in a module. */
export const CLASS_DIRECTORY = 'Dsc';
