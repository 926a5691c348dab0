/** Nobody has given this flow a name of its own yet. */
export const isUnnamed = (name: string): boolean => /^New flow( \d+)?$/.test(name)
