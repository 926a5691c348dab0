// The clock and the dice are inputs of this package. A later overload wins, so the type of a forbidden call is its own explanation.
interface DateConstructor {
  now(): 'the clock is an input: take the instant as a parameter'
  new (): 'the clock is an input: use new Date(instant)'
}
interface Math {
  random(): 'chance is an input: use hash01 over business keys'
}
