/** Whatever can be worked out from print stands on nobody or on at least so many persons. */
export const K = 5;
