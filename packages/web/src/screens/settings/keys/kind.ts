/** Which picture a device gets, from what it is called. */
export const kindOf = (label: string): 'phone' | 'laptop' => (/phone|iPad|Android|tablet/i.test(label) ? 'phone' : 'laptop');
