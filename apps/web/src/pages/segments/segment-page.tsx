export const SegmentPage = () => null
