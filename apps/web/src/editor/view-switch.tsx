import { IconListTree, IconSitemap } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useKeys } from '../shell/keys.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Tip } from '../ui/tip.tsx'
import { focusFlow, showAs, takeSwitched, useLook } from './view.ts'

/** Canvas or outline: the same flow as a picture or as lines. The key O turns it over. */
export function ViewSwitch() {
  const look = useLook()
  useKeys([['O', () => showAs(look === 'canvas' ? 'outline' : 'canvas')]])
  // The outline comes later and takes the focus itself.
  useEffect(() => {
    if (look === 'canvas' && takeSwitched() && document.activeElement === document.body) focusFlow()
  }, [look])
  return (
    <Tip words={look === 'canvas' ? 'Show it as an outline' : 'Show it on the canvas'} keys="O">
      <span className="row">
        <Segmented
          label="Show as"
          size="small"
          value={look}
          onChange={showAs}
          options={[
            { value: 'canvas', label: <span className="unseen">Canvas</span>, icon: <IconSitemap size={14} stroke={1.75} /> },
            { value: 'outline', label: <span className="unseen">Outline</span>, icon: <IconListTree size={14} stroke={1.75} /> },
          ]}
        />
      </span>
    </Tip>
  )
}
