import { createContext, useContext } from 'react';
import type { PlacedModule } from '../../../contract';
import type { Person, Project } from '../schemas';

export interface Flag {
  appearance: 'success' | 'error';
  title: string;
  description?: string;
  link?: { label: string; href: string };
}

/** What an app may preset when it opens the create dialog, and who hears what came of it. */
export interface CreateRequest {
  preset: Record<string, unknown>;
  onClose: (created: { id: string }[]) => void;
}

/** What every page knows of the site and may ask of the frame around it. */
export interface Site {
  me: Person;
  projects: Project[];
  globalPages: PlacedModule[];
  /** Tells the person something in the corner of the page. */
  flag: (flag: Flag) => void;
  openCreate: (request?: CreateRequest) => void;
  /** Shows a work item over the page. */
  openItem: (key: string, onClose?: () => void) => void;
}

export const SiteContext = createContext<Site | undefined>(undefined);

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error('useSite needs the shell around it');
  return site;
}
