/** The caseworker who may see every case that is drawn, the restricted ones as well. */
export const READER = 'd0000000-0000-4000-8000-000000000001';
