/** Renders a module from a definition in one step. */
import type { Definition } from '../definition/types.js';
import { RELEASE } from './assemblies.js';
import { type ModuleOptions, planModule } from './plan.js';
import { type RenderedModule, renderModule } from './render.js';
import { renderReference } from './render-help.js';

export function generateModule(definition: Definition, options: ModuleOptions = {}): RenderedModule {
  return renderModule(planModule(definition, programVersion(), options));
}

/** The module's reference pages, by file name. */
export function generateReference(definition: Definition): RenderedModule {
  return renderReference(planModule(definition, programVersion()));
}

/** The version of dllet, from its package. */
export function programVersion(): string {
  return RELEASE;
}
