import './picture.css'
import { type Catalog, collapseSubFlows, copy, type FlowGraph, parseGraph } from '@baton/engine'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Drawn } from '../../drawing/flow-drawing.tsx'
import { type Answers, api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { toast } from '../../ui/toast.ts'
import { drawnCounts } from '../live/drawn-count.ts'
import { saveFile } from '../save-file.ts'
import { drawPicture, type Picture, type PictureTheme, toPng } from './make.tsx'

type Props = {
  flow: Pick<Answers['flows']['get'], 'id' | 'name' | 'liveVersion' | 'liveGraph'>
  graph: FlowGraph
  catalog: Catalog
  /** The steps that are selected now. */
  selected: ReadonlySet<string>
  /** Live is open: counts are meant. */
  live: boolean
  onClose: () => void
}

/** Twice as many pixels as on the canvas: crisp on a slide that fills a large screen. */
const SCALE = 2

type Ending = 'png' | 'svg'

/** A flow as a picture for a slide: what of it, in which theme, with or without the counts of Live. */
export default function PictureDialog({ flow, graph, catalog, selected, live, onClose }: Props) {
  const [theme, setTheme] = useState<PictureTheme>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')
  const [part, setPart] = useState<'all' | 'selected'>('all')
  const [ground, setGround] = useState(true)
  const [counted, setCounted] = useState(live)
  const [ending, setEnding] = useState<Ending>('png')
  const [busy, setBusy] = useState(false)
  const counts = useQuery({ ...api.live.counts.queryOptions({ flowId: flow.id }), enabled: counted })
  const steps = graph.nodes.filter((it) => selected.has(it.id)).length
  const drawn = useMemo((): Drawn | null => {
    if (!counted) return { graph: partOf(graph, part === 'selected' ? selected : null), catalog }
    if (!counts.data) return null
    const published = liveGraph(flow)
    const ids = published.nodes.map((it) => it.id)
    return { graph: partOf(published, part === 'selected' ? selected : null), catalog, counts: drawnCounts(ids, counts.data.nodes, {}) }
  }, [counted, counts.data, graph, catalog, flow, part, selected])
  const { picture, error } = usePicture(drawn, flow.name, theme, ground)
  const deed = async (what: () => Promise<string>) => {
    setBusy(true)
    try {
      toast({ words: await what() })
    } catch (failed) {
      toast({ words: problemWords(failed), bad: true })
    }
    setBusy(false)
  }
  const save = (made: Picture) =>
    deed(async () => {
      const blob = ending === 'png' ? await toPng(made, SCALE) : new Blob([made.svg], { type: 'image/svg+xml' })
      return `Saved as ${saveFile(blob, flow.name, ending)}.`
    })
  const copyPng = (made: Picture) =>
    deed(async () => {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': toPng(made, SCALE) })])
      return 'Copied. Paste it into your slide.'
    })
  const problem = error ?? counts.error
  return (
    <Dialog
      open
      onClose={onClose}
      width={760}
      title="Save as a picture"
      foot={
        <>
          <Button
            icon={<IconCopy size={14} stroke={1.75} />}
            disabled={!picture || !('ClipboardItem' in window)}
            onClick={() => picture && void copyPng(picture)}
          >
            Copy
          </Button>
          <Button
            look="primary"
            icon={<IconDownload size={14} stroke={1.75} />}
            busy={busy}
            disabled={!picture}
            onClick={() => picture && void save(picture)}
          >
            Save {ending.toUpperCase()}
          </Button>
        </>
      }
    >
      <div className="picture-dialog">
        <div className={`picture-shown${ground ? '' : ' bare'}`} data-theme={theme}>
          {picture && <Shown picture={picture} name={flow.name} />}
          {problem && <p className="danger">{problemWords(problem)}</p>}
        </div>
        <div className="picture-choices">
          <Segmented
            label="Format"
            size="small"
            value={ending}
            onChange={setEnding}
            options={[
              { value: 'png', label: 'PNG' },
              { value: 'svg', label: 'SVG' },
            ]}
          />
          <Segmented
            label="Theme of the picture"
            size="small"
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
          <Segmented
            label="What of the flow"
            size="small"
            value={part}
            onChange={setPart}
            options={[
              { value: 'all', label: 'Whole flow' },
              {
                value: 'selected',
                label: steps === 0 ? 'Selected steps' : steps === 1 ? '1 selected step' : `${steps} selected steps`,
                disabled: steps === 0,
              },
            ]}
          />
          <Checkbox label="With background" checked={ground} onChange={(event) => setGround(event.currentTarget.checked)} />
          {flow.liveVersion !== null && (
            <Checkbox
              label={`With the counts of version ${flow.liveVersion}`}
              checked={counted}
              onChange={(event) => setCounted(event.currentTarget.checked)}
            />
          )}
          {picture && (
            <p className="small muted">
              {ending === 'png'
                ? `${picture.width * SCALE} × ${picture.height * SCALE} pixels`
                : 'Sharp at any size; the font is inside the file.'}
            </p>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Only some steps with the ways between them; null: all. */
function partOf(graph: FlowGraph, ids: ReadonlySet<string> | null): FlowGraph {
  if (ids === null) return graph
  const { groups = [], nodes, edges } = copy(graph, [...ids])
  const notes = graph.notes?.filter((it) => ids.has(it.id)) ?? []
  return { ...graph, nodes, edges, groups, notes }
}

function liveGraph({ liveGraph: stored }: Props['flow']): FlowGraph {
  const read = parseGraph(stored)
  if (!('ok' in read)) throw new Error('The live version cannot be read by this version of Baton.')
  return collapseSubFlows(read.ok)
}

/** The picture, drawn anew whenever something was chosen. */
function usePicture(drawn: Drawn | null, title: string, theme: PictureTheme, ground: boolean) {
  const [made, setMade] = useState<{ picture: Picture | null; error: unknown }>({ picture: null, error: null })
  useEffect(() => {
    let wanted = true
    if (!drawn) return
    drawPicture({ ...drawn, title }, { theme, ground }).then(
      (picture) => wanted && setMade({ picture, error: null }),
      (error: unknown) => wanted && setMade({ picture: null, error }),
    )
    return () => {
      wanted = false
    }
  }, [drawn, title, theme, ground])
  return made
}

/** What is shown is the very file that is saved. */
function Shown({ picture, name }: { picture: Picture; name: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return url === undefined ? null : <img src={url} alt={`${name}, drawn`} />
}
