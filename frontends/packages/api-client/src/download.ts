import { ApiException, type FileResponse } from './generated';

export type DownloadedFile = Pick<FileResponse, 'data' | 'fileName'>;

/** Whether a download is not there yet: the server is still collecting it, and the same request will get it. */
export function isCollecting(error: unknown): boolean {
  return error instanceof ApiException && error.status === 202;
}
