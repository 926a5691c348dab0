import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Mantine wants ten shades; ours are the neutral steps, with ink where it fills. They are variables, so both themes are one tuple. */
const ink: MantineColorsTuple = [
  'var(--n1)',
  'var(--n2)',
  'var(--n3)',
  'var(--n4)',
  'var(--n6)',
  'var(--n7)',
  'var(--n8)',
  'var(--n10)',
  'var(--n11)',
  'var(--ink)',
]

/** Every control of a form: 28 px high, its hint and its error below it. */
const fields = [
  'TextInput',
  'Textarea',
  'Select',
  'MultiSelect',
  'TagsInput',
  'Autocomplete',
  'NumberInput',
  'DateTimePicker',
  'DatePickerInput',
]

/** Controls that open a list: it scrolls itself, since a box of the library's around its options takes no focus and is no list to a screen reader. */
const lists = ['Select', 'MultiSelect', 'TagsInput', 'Autocomplete']

/** Mantine's theme, fed from theme/tokens.css: ink as primary, 13 px text, controls 24 / 28 / 32, radius 6. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 9,
  colors: { ink },
  white: '#ffffff',
  black: '#191b1e',
  defaultRadius: 6,
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '14px', sm: '18px', md: '18px', lg: '20px', xl: '26px' },
  shadows: { xs: 'var(--shadow-1)', sm: 'var(--shadow-1)', md: 'var(--shadow-2)', lg: 'var(--shadow-3)', xl: 'var(--shadow-3)' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  cursorType: 'default',
  respectReducedMotion: true,
  focusRing: 'never',
  components: {
    ...Object.fromEntries(
      fields.map((name) => [
        name,
        {
          defaultProps: {
            size: 'sm',
            inputWrapperOrder: ['label', 'input', 'description', 'error'],
            ...(lists.includes(name) ? { withScrollArea: false } : {}),
          },
          ...(lists.includes(name)
            ? { classNames: { options: 'list-options', option: 'list-option', groupLabel: 'list-group', empty: 'list-empty' } }
            : {}),
        },
      ]),
    ),
    Switch: { defaultProps: { withThumbIndicator: false, size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    // A menu begins with its first item: the library's own place for the focus is none that a menu may hold.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
})

/** Mantine's named colours, pointed at our tokens; the same names serve both schemes because the tokens change, not the names. */
export const resolver: CSSVariablesResolver = () => {
  const scheme = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-success': 'var(--ok)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--well)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-contrast': 'var(--on-ink)',
    '--mantine-primary-color-filled-hover': 'var(--n11)',
  }
  return { variables: {}, light: scheme, dark: scheme }
}
