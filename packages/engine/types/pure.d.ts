// A later overload wins, so the clock and the dice stop being usable values here, and the type is the message.
interface DateConstructor {
  now(): 'the clock is an input: use env.now'
  new (): 'the clock is an input: use new Date(env.now)'
  (): { 'the clock is an input': true }
}
interface Math {
  random(): 'chance is an input: use env.random'
}
