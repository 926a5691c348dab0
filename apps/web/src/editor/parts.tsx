import { lazy } from 'react'
import { whenIdle } from '../ui/when-idle.ts'

export { Later } from '../ui/later.tsx'

import { loadOutline } from './outline/open-outline.tsx'

// What is not needed to see and move cards. The canvas opens without it, and it is here before anybody has found the button for it.
const load = {
  inspector: () => import('./inspector-body.tsx'),
  checker: () => import('./checker.tsx'),
  always: () => import('./always-card.tsx'),
  problems: () => import('./problem-list.tsx'),
  publish: () => import('./publish-dialog.tsx'),
  together: () => import('./together/together.tsx'),
  paste: () => import('./canvas/paste.ts'),
  tidy: () => import('./canvas/tidy-up.ts'),
  rename: () => import('./rename-dialog.tsx'),
  pause: () => import('./pause-dialog.tsx'),
  stop: () => import('./stop-dialog.tsx'),
  versions: () => import('./versions-drawer.tsx'),
  commands: () => import('./editor-commands.tsx'),
  modes: () => import('./mode-commands.tsx'),
  live: () => import('./live/live-view.tsx'),
  outline: loadOutline,
  review: () => import('./review/review-view.tsx'),
  trial: () => import('./live/people-try.tsx'),
  simulate: () => import('./simulate/simulate-view.tsx'),
}

export const InspectorBody = lazy(load.inspector)
export const Checker = lazy(load.checker)
export const AlwaysCard = lazy(load.always)
export const ProblemList = lazy(load.problems)
export const PublishDialog = lazy(load.publish)
export const Together = lazy(load.together)
export const RenameDialog = lazy(load.rename)
export const PauseDialog = lazy(load.pause)
export const StopDialog = lazy(load.stop)
export const VersionsDrawer = lazy(load.versions)
export const EditorCommands = lazy(load.commands)
export const ModeCommands = lazy(load.modes)
export const LiveView = lazy(load.live)
export const ReviewView = lazy(load.review)
export const TryFlow = lazy(load.trial)
export const SimulateView = lazy(load.simulate)
/** Only where a launch is planned. */
export const LaunchChip = lazy(() => import('./launch/launch-chip.tsx'))

/** Only where people stand still. */
export const ResumeButton = lazy(() => import('./resume-button.tsx'))

/** With its patterns, only for those who start. */
export const EmptyFlow = lazy(() => import('./empty-flow.tsx'))

/** Fetches all parts once the browser has nothing better to do. @returns how to call it off */
export const preloadParts = (): (() => void) =>
  // A part that does not come now is asked for again when it is needed, and says so then.
  whenIdle(() => void Promise.allSettled(Object.values(load).map((it) => it())))
