export const SegmentsPage = () => null
