/// <reference types="astro/client" />

/** Environments the reader may pick; also the list of origins that page code may call. */
declare const __ENVIRONMENTS__: readonly import('./site.ts').Environment[]

/** Base path of the site with a slash at its end: `/` or e.g. `/docs/`. */
declare const __BASE__: string

/** Addresses of the scripts that an opening panel needs at once, with spaces between; empty in development. */
declare const __PANEL_FILES__: string
