import { useCallback, useRef, useState } from 'react'
import { z } from 'zod'

const made = z.object({ id: z.string() })
const refused = z.object({ error: z.object({ message: z.string() }) })

export type Upload = { name: string; sent: number; total: number } | null

function answerOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Sends a file as it is, with progress: fetch cannot tell how far it is. */
export function useUpload(onMade: (id: string) => void) {
  const [upload, setUpload] = useState<Upload>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const running = useRef<XMLHttpRequest | null>(null)
  const send = useCallback(
    (file: File) => {
      setProblem(null)
      setUpload({ name: file.name, sent: 0, total: file.size })
      const request = new XMLHttpRequest()
      running.current = request
      const over = (words: string | null) => {
        running.current = null
        setUpload(null)
        setProblem(words)
      }
      request.open('PUT', `/api/imports/upload?name=${encodeURIComponent(file.name)}`)
      request.setRequestHeader('Content-Type', 'text/csv')
      request.upload.onprogress = ({ loaded, total }) => setUpload({ name: file.name, sent: loaded, total })
      request.onabort = () => over(null)
      request.onerror = () => over('The line broke off before the file was there. Choose it again.')
      request.onload = () => {
        const answer = answerOf(request.responseText)
        const good = made.safeParse(answer)
        if (request.status < 300 && good.success) {
          over(null)
          onMade(good.data.id)
          return
        }
        const bad = refused.safeParse(answer)
        over(bad.success ? bad.data.error.message : `The server did not take the file (${request.status}). Try again.`)
      }
      request.send(file)
    },
    [onMade],
  )
  return { upload, problem, send, cancel: () => running.current?.abort() }
}
