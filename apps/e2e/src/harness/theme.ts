import type { Page } from 'playwright-core'

/** Shows the page in a theme, and waits until nothing moves towards it any more. */
export async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(async () => {
    // Colours that are inherited change one level of the page after another.
    for (let still = 0; still < 3; still = document.getAnimations().length === 0 ? still + 1 : 0) await new Promise(requestAnimationFrame)
  })
}
