using CsCheck;

namespace Kumiko.Contract.Conventions;

public class TextTests(RunningKumiko kumiko)
{
    public static TheoryData<string> Texts =>
        [
            "吾輩は猫である。名前はまだ無い。",
            "ｶﾀｶﾅ カタカナ ひらがな 漢字 𠮷野家 葛󠄀城市",
            "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇯🇵 1️⃣",
            "か\u3099 が é e\u0301 ﬁ Å \u212B",
            "שלום עולם مرحبا بالعالم \u202Eabc\u202C",
            "สวัสดี नमस्ते Здравствуй გამარჯობა 안녕하세요",
            "tab\tand\nnew\n\nlines",
            "\"quotes\" \\ back/slash <b>&amp;</b> {{x}} %s ' ; -- ${jndi}",
            "\uFFFD \uFEFF \u200B \uE000 \uFFFE \uFFFF \U0010FFFF end",
            "ＦＵＬＬ　ＷＩＤＴＨ",
        ];

    [Fact]
    public async Task Any_text_comes_back_as_it_was_sent()
    {
        var alice = await kumiko.AliceAsync();
        var scalar = Gen.OneOf(Gen.Int[0x20, 0x7E], Gen.Int[0xA0, 0xD7FF], Gen.Int[0xE000, 0xFFFF], Gen.Int[0x10000, 0x10FFFF]);
        var text = scalar.Array[0, 200].Select(scalars => $"<{string.Concat(scalars.Select(char.ConvertFromUtf32))}>");
        await text.SampleAsync(
            async sent =>
            {
                var written = await alice.WriteAsync(sent);
                Assert.Equal(sent, (await kumiko.Anyone.GetAsync($"/api/crud/posts/{written.Id}")).Content);
            },
            iter: 50,
            threads: 2
        );
    }

    // The raw bytes of the answer, so that the text can be sent back unchanged, whatever it contains.
    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_of_any_script_comes_back_byte_for_byte_in_every_answer(string text)
    {
        var alice = await kumiko.AliceAsync();
        var key = Guid.NewGuid().ToString();
        var written = (await alice.PostAsync("/api/crud/posts", new { content = text }, ("Idempotency-Key", key))).Is(201);
        var plain = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        Answer[] answers =
        [
            written,
            (await alice.PostAsync("/api/crud/posts", new { content = text }, ("Idempotency-Key", key))).Is(201),
            (await kumiko.Anyone.GetAsync($"/api/crud/posts/{written.Id}")).Is(200),
            (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={alice.Id}&limit=100")).Is(200),
            (await alice.PutAsync($"/api/crud/posts/{written.Id}", Caller.Bytes(written.Bytes))).Is(200),
        ];
        Assert.All(answers, answer => Assert.Contains($"\"content\":\"{plain}\"", answer.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_longest_post_of_the_widest_characters_can_be_sent_back_unchanged()
    {
        var alice = await kumiko.AliceAsync();
        var written = await alice.WriteAsync(string.Concat(Enumerable.Repeat("😀", 10_000)));
        (await alice.PutAsync($"/api/crud/posts/{written.Id}", Caller.Bytes(written.Bytes))).Is(200);
    }

    [Fact]
    public async Task Text_is_not_escaped_in_a_problem()
    {
        var answer = (await kumiko.Anyone.GetAsync("/api/crud/posts?limit=0")).IsProblem(400);
        Assert.DoesNotContain("\\u", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_JSON_in_UTF8()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("木");
        Assert.Matches("^application/json(; ?charset=utf-8)?$", post.Header("Content-Type"));
    }
}
