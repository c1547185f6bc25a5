/**
 * The bytes, whatever the server calls them: a wrong `Content-Type` stops `instantiateStreaming`, and streaming gains
 * nothing at this size.
 * @param {string | URL} url
 * @param {string} [integrity]
 */
export async function download(url, integrity = '') {
  const response = await fetch(url, { integrity });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
}
