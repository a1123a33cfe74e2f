// Sessions that were signed out before their cookie's own end. Kept as long as such a cookie can live, at most a hundred thousand:
// about 20 MB, and more than a province signs out in a working day.
const MOST = 100_000;

export interface EndedSessions {
  add(sessionId: string): void;
  has(sessionId: string): boolean;
}

export const endedSessions = ({ keptForMs, now = () => performance.now() }: { keptForMs: number; now?: () => number }): EndedSessions => {
  // In the order in which they ended, so the first is the first to be forgotten.
  const endedAt = new Map<string, number>();
  const forget = (): void => {
    for (const [sessionId, at] of endedAt) {
      if (endedAt.size <= MOST && now() - at <= keptForMs) return;
      endedAt.delete(sessionId);
    }
  };
  return {
    add: (sessionId) => {
      endedAt.set(sessionId, now());
      forget();
    },
    has: (sessionId) => endedAt.has(sessionId),
  };
};
