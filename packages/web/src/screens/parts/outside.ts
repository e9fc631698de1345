/** The addresses that lead to the house from another device: all but those that every device calls itself. */
export const outside = (urls: readonly string[]): string[] =>
  urls.filter((url) => !/^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname));
