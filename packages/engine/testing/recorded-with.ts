import recorded from '../fixtures/recorded-with.json' with { type: 'json' }

/** Tests run on Node; the engine knows nothing of it. */
declare const process: { versions: { tz?: string } }

/**
 * What is said where a recorded run is another one now. The tz data it was made with stand beside it: with others a difference may be theirs,
 * and the recorded lines are not to be written anew with them. Zones themselves are held by LT-29.
 */
export const recordedWith = (running: string | undefined = process.versions.tz): string =>
  running === recorded.tz
    ? `The engine does something else than when this was recorded (tz ${recorded.tz}, as now).`
    : `Recorded with tz ${recorded.tz}, run with ${running}: a difference may come from there. Run it with tz ${recorded.tz} before anything is recorded anew.`
