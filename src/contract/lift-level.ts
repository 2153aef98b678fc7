/** Levels of research: R0 changes the artifact, each higher one a part of the method that the one below works by. */
export const LIFT_LEVELS = ['R0', 'R1', 'R2', 'R3', 'R4'] as const;

export type LiftLevel = (typeof LIFT_LEVELS)[number];

/** What a level owns, and alone may change: of the method's folder one section each. R0 changes what its task says. */
export const LEVEL_SECTIONS: Readonly<Record<Exclude<LiftLevel, 'R0'>, string>> = {
  R1: 'method/agent',
  R2: 'method/data',
  R3: 'method/objective',
  R4: 'method/process',
};

export const levelNumber = (level: LiftLevel): number => LIFT_LEVELS.indexOf(level);

export const levelName = (level: number): LiftLevel => LIFT_LEVELS[level] ?? 'R0';
