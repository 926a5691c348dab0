import { useMantineColorScheme } from '@mantine/core'
import type { Scheme } from '../../theme/scheme.ts'
import { Segmented } from '../segmented.tsx'

/** Light, dark, or as the system: for pages of development, which have no menu of a person. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Segmented<Scheme>
      label="Colours"
      size="small"
      value={colorScheme}
      onChange={setColorScheme}
      options={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'As the system' },
      ]}
    />
  )
}
