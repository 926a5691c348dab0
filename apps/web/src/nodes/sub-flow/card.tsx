import type { ConfigOf } from '@baton/engine'
import { IconArrowsSplit2, IconSitemap } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'sub-flow'>> = {
  title: 'Flow inside',
  about: 'Goes through the steps of another flow and comes back.',
  icon: () => IconSitemap,
  presets: [{ label: 'Go through a flow', icon: IconSitemap }],
  terms: ({ flowId, version }, catalog) => {
    const flow = catalog.flows.find((it) => it.id === flowId)
    if (!flow || version === null) return []
    const newer = flow.version !== null && flow.version > version
    return [{ icon: IconArrowsSplit2, words: newer ? `Version ${version}; ${flow.version} is live` : `Version ${version}` }]
  },
}
