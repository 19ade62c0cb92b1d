/** The parts of a multipart/form-data body: [{ name, contentType, text }]. */
export function readMultipart(bytes, contentType) {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(contentType);
  const body = bytes.toString('utf8');
  return body
    .split(`--${quoted ?? plain}`)
    .slice(1, -1)
    .map((part) => {
      const end = part.indexOf('\r\n\r\n');
      const head = part.slice(0, end);
      return {
        name: /name="([^"]*)"/.exec(head)?.[1],
        contentType: /content-type:\s*(.*)/i.exec(head)?.[1]?.trim(),
        text: part.slice(end + 4).replace(/\r\n$/, ''),
      };
    });
}
