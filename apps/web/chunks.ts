import type { Rolldown } from 'vite'

/**
 * Which modules travel together. Left alone, the bundler makes a chunk of every few modules that some pages share: the canvas came in 45 pieces,
 * and what is packed in small pieces packs badly. A module that is not named goes along with the first of these that needs it, in this order:
 * so what pages outside the editor share has to be named before the canvas, or they would load it. `scripts/weigh.mjs` watches over that.
 */
export const chunks: NonNullable<Rolldown.OutputOptions['codeSplitting']> = {
  groups: [
    { name: 'app', tags: ['$initial'], priority: 6 },
    {
      // Small things of nearly every page.
      name: 'common',
      test: /\/src\/ui\/(?:date-words|date-text|skeleton|segmented)\.tsx?$|\/src\/shell\/(?:top-bar|commands)\.tsx?$|\/Icon(?:ArrowBackUp|ArrowForwardUp|Bolt|CalendarEvent|Check|ChevronDown|ChevronRight|CircleCheck|Copy|LayoutGrid|Lock|Minus|Note|Pencil|Phone|Plus|UserShare|X)\.mjs$/,
      priority: 5,
    },
    {
      // Reading and saying what is stored: schemas, conditions, times.
      name: 'reading',
      test: /\/node_modules\/zod\/|\/engine\/src\/(?:condition\/sentence|fields\/tags)\.ts$|\/leads\/src\/(?:text\/fold|time\/wall-clock|time\/calendar)\.ts$/,
      priority: 4,
    },
    {
      // The kinds of steps, and drawing a flow without the canvas.
      name: 'kinds',
      test: /\/src\/nodes\/(?:registry|parse-config)\.ts$|\/editor\/canvas\/(?:route|card-words|groups)\.ts$|\/engine\/src\/(?:graph\/references|check\/steps)\.ts$|\/src\/ui\/category-tile\.tsx$/,
      priority: 3,
    },
    { name: 'drawing', test: /\/node_modules\/@xyflow\//, priority: 2 },
    // The editor of messages: what shows and changes text comes beside what knows keys, search and the language.
    { name: 'writing', test: /\/node_modules\/@codemirror\/(?:view|state)\//, priority: 2 },
    { name: 'canvas', test: /\/src\/editor\/flow-editor\.tsx$/, priority: 1 },
  ],
}
