// What a list shows is in the address bar, so that a view can be sent to a colleague and found again by the browser's back button.
import { listAddressOf, listParams, listQueryOf, type ListSpec } from '@hengji/contracts/lists';
import { useSearchParams } from 'react-router';

export type ListQuery = ReturnType<typeof listQueryOf>;

export interface ListState {
  readonly query: ListQuery;
  /** Changes the filters, the sort or the search: the list begins anew. */
  readonly change: (part: Partial<Omit<ListQuery, 'cursor'>>) => void;
  /** Goes to the page after the cursor; empty: the first. */
  readonly goTo: (cursor: string) => void;
}

export const useListState = (spec: ListSpec): ListState => {
  const [params, setParams] = useSearchParams();
  const query = listQueryOf(spec, Object.fromEntries(params));
  const own = new Set(['search', 'sort', 'after', 'limit', ...listParams(spec).map(({ name }) => name)]);
  // What is no parameter of the list is another's, such as the tab it stands in.
  const others = [...params].filter(([name]) => !own.has(name));
  const set = (next: ListQuery): void => setParams(Object.fromEntries([...others, ...Object.entries(listAddressOf(spec, next))]));
  return {
    query,
    change: (part) => set({ ...query, ...part, cursor: '' }),
    goTo: (cursor) => set({ ...query, cursor }),
  };
};
