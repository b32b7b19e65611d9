using System.Security.Cryptography;
using CsCheck;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.BuildingBlocks.Security;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Paging;

public sealed class CursorCodecTests
{
    private readonly CursorCodec _codec = new(new SecretKey(RandomNumberGenerator.GetBytes(32)));

    [Fact]
    public void A_cursor_leads_back_to_its_id() =>
        Gen.Long.Sample(id => Assert.Equal(id, _codec.Read("posts", _codec.Write("posts", id)).Value));

    [Fact]
    public void Without_a_cursor_a_list_begins_at_the_top() => Assert.Equal(long.MaxValue, _codec.Read("posts", null).Value);

    [Fact]
    public void A_cursor_with_one_character_changed_is_refused() =>
        Gen.Select(Gen.Long, Gen.Int[0, 31], Gen.Char['A', 'Z'])
            .Sample(
                (id, position, character) =>
                {
                    var cursor = _codec.Write("posts", id);
                    if (cursor[position] == character)
                        return;

                    var changed = string.Concat(cursor.AsSpan(0, position), character.ToString(), cursor.AsSpan(position + 1));
                    Assert.Equal(400, _codec.Read("posts", changed).FirstError.NumericType);
                }
            );

    [Fact]
    public void Anything_but_a_cursor_is_refused() => Gen.String.Sample(text => Assert.True(_codec.Read("posts", text).IsError));

    [Fact]
    public void A_cursor_is_refused_by_another_list_and_another_installation()
    {
        var cursor = _codec.Write("posts", 42);

        Assert.True(_codec.Read("sessions", cursor).IsError);
        Assert.True(new CursorCodec(new SecretKey(RandomNumberGenerator.GetBytes(32))).Read("posts", cursor).IsError);
    }

    [Fact]
    public void A_cursor_of_the_previous_secret_is_accepted_while_it_is_listed()
    {
        var (old, next) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var cursor = new CursorCodec(new SecretKey(old)).Write("posts", 42);
        var codec = new CursorCodec(new SecretKey(next, old));

        Assert.Equal(42, codec.Read("posts", cursor).Value);
        // New ones are those of the new secret.
        Assert.Equal(42, new CursorCodec(new SecretKey(next)).Read("posts", codec.Write("posts", 42)).Value);
        Assert.True(new CursorCodec(new SecretKey(next)).Read("posts", cursor).IsError);
    }
}
