namespace Kumiko.Host.Composition;

/// <summary>
/// The body of a request that is longer than allowed, or may be: reading beyond the limit throws an exception that is answered 413. The
/// server's own limit would end the connection with the rest unread, and a proxy that is still writing would lose the response.
/// </summary>
/// <param name="body">The body as the server reads it.</param>
/// <param name="limit">How many bytes may be read.</param>
/// <param name="announced">The length that the request announces, or null.</param>
internal sealed class LimitedBody(Stream body, long limit, long? announced) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = announced > limit ? 0 : await body.ReadAsync(buffer, cancellationToken);
        _read += read;
        return announced > limit || _read > limit
            ? throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge)
            : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();
}
