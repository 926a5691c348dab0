import { AnalyticsBrowser } from '@segment/analytics-next'

// The script of a site that uses Segment's client for browsers; bundled by its test.
Object.assign(window, { AnalyticsBrowser })
