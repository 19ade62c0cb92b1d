/** For tests: what the SDKs of vendors sent, recorded in `demo/traces/vendors`. */

/** The text of a recorded file. */
export async function vendorText(file: string): Promise<string> {
  const response = await fetch(`/demo/traces/vendors/${file}`);
  if (!response.ok) throw new Error(`${file} is not served: ${response.status}`);
  return response.text();
}
