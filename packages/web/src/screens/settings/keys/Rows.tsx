/** Rows to come. */
export function Rows({ count }: { count: number }) {
  return (
    <ul class="list" aria-busy="true">
      {Array.from({ length: count }, () => <li><span class="svc n" /><div class="grow stack tight"><span class="skel w-40" /><span class="skel w-60 thin" /></div></li>)}
    </ul>
  );
}
