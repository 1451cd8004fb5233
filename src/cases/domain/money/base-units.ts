/** Parts of a base unit are imposed, too, down to a hundredth. NaN is none. */
export const isInHundredths = (units: number): boolean => Number(units.toFixed(2)) === units;
