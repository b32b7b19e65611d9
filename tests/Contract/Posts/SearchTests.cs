namespace Kumiko.Contract.Posts;

public class SearchTests(RunningKumiko kumiko)
{
    [Theory]
    [InlineData("日本", "日本の木工は釘を使わない")]
    [InlineData("コンテナ", "新しいコンテナを起動した")]
    [InlineData("テナ", "新しいコンテナを起動した")]
    [InlineData("木", "組子は木を組む|日本の木工は釘を使わない")]
    [InlineData("、", null)]
    [InlineData("を組む", "組子は木を組む")]
    [InlineData("コンピュータ", "古いコンピューターの修理")]
    [InlineData("𠮷", "𠮷野家で昼食")]
    [InlineData("𠮷野", "𠮷野家で昼食")]
    [InlineData("組子 木", "組子は木を組む")]
    [InlineData("木　組子", "組子は木を組む")]
    public async Task Japanese_is_found_in_the_middle_of_a_sentence(string query, string? found) =>
        await FindsAsync(
            query,
            found,
            "日本の木工は釘を使わない",
            "新しいコンテナを起動した",
            "組子は木を組む",
            "古いコンピューターの修理",
            "𠮷野家で昼食",
            "ほかの話"
        );

    [Theory]
    [InlineData("the", "The cat sat on a mat|whether to be or not")]
    [InlineData("to be", "whether to be or not")]
    [InlineData("a", "The cat sat on a mat|An apple in it was mine|unfathomable")]
    [InlineData("in", "An apple in it was mine")]
    [InlineData("was", "An apple in it was mine")]
    [InlineData("ai", null)]
    [InlineData("cat mat", "The cat sat on a mat")]
    [InlineData("mat cat", "The cat sat on a mat")]
    [InlineData("cat dog", null)]
    [InlineData("CAT", "The cat sat on a mat")]
    [InlineData("fathom", "unfathomable")]
    [InlineData("x", null)]
    public async Task English_words_are_found_with_stop_words_and_parts_of_words(string query, string? found) =>
        await FindsAsync(query, found, "The cat sat on a mat", "whether to be or not", "An apple in it was mine", "unfathomable", "empty");

    [Theory]
    [InlineData("こんてな", "コンテナの中")]
    [InlineData("ｺﾝﾃﾅ", "コンテナの中")]
    [InlineData("ヒラガナ", "ひらがなで書く")]
    [InlineData("バス", "ﾊﾞｽで行く")]
    [InlineData("ばす", "ﾊﾞｽで行く")]
    [InlineData("ｋｕｍｉｋｏ", "Kumiko is wood")]
    [InlineData("kumiko", "Kumiko is wood")]
    [InlineData("full", "ＦＵＬＬ ｗｉｄｔｈ")]
    [InlineData("１２３", "abc 123")]
    [InlineData("МОСКВА", "из москвы в Москва")]
    [InlineData("ÉTÉ", "un été chaud")]
    public async Task Case_width_and_kind_of_kana_make_no_difference(string query, string found) =>
        await FindsAsync(
            query,
            found,
            "コンテナの中",
            "ひらがなで書く",
            "ﾊﾞｽで行く",
            "Kumiko is wood",
            "ＦＵＬＬ ｗｉｄｔｈ",
            "abc 123",
            "из москвы в Москва",
            "un été chaud"
        );

    [Theory]
    [InlineData("🎉", "we did it 🎉")]
    [InlineData("안녕", "안녕하세요 여러분")]
    [InlineData("שלום", "שלום עולם")]
    [InlineData("สวัสดี", "สวัสดีครับ")]
    [InlineData("नमस्ते", "नमस्ते दुनिया")]
    public async Task Every_script_is_found(string query, string found) =>
        await FindsAsync(query, found, "we did it 🎉", "안녕하세요 여러분", "שלום עולם", "สวัสดีครับ", "नमस्ते दुनिया");

    [Theory]
    [InlineData("C++", "I like C++")]
    [InlineData("100%", "100% sure")]
    [InlineData("two_words", "two_words here")]
    [InlineData("e-mail", "send an e-mail")]
    [InlineData("O'Brien", "Mr. O'Brien")]
    public async Task Words_with_marks_in_them_are_found(string query, string found) =>
        await FindsAsync(query, found, "I like C++", "100% sure", "two_words here", "send an e-mail", "Mr. O'Brien");

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("~ < > @")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("'")]
    [InlineData("。、！？")]
    [InlineData("... --- ///")]
    [InlineData("+-><()~*\"@'%_;--")]
    public async Task Punctuation_alone_finds_nothing(string query) =>
        await FindsAsync(query, null, "plain words", "a + b - c * d \" e ( f ) ~ < > @ % _ \\ '", "。、！？ ... --- ///");

    [Theory]
    [InlineData("alpha OR gamma", null)]
    [InlineData("alpha AND beta", null)]
    [InlineData("alpha NOT beta", null)]
    [InlineData("alpha NEAR beta", null)]
    [InlineData("NEAR(alpha beta)", null)]
    [InlineData("alpha -zeta", null)]
    [InlineData("-alpha", "alpha beta")]
    [InlineData("\"alpha", "alpha beta")]
    [InlineData("(alpha", "alpha beta")]
    [InlineData("content:alpha", null)]
    [InlineData("alpha beta", "alpha beta")]
    public async Task Operators_are_plain_words(string query, string? found) => await FindsAsync(query, found, "alpha beta", "gamma delta");

    [Theory]
    [InlineData("+alpha")]
    [InlineData("alpha*")]
    [InlineData("\"alpha beta")]
    [InlineData("alpha @4")]
    [InlineData("~alpha >beta <gamma")]
    [InlineData("^alpha {x} [y]")]
    [InlineData("alpha%' OR '1'='1")]
    [InlineData("'; DROP TABLE posts; --")]
    [InlineData("\\' OR 1=1 #")]
    [InlineData("MATCH AGAINST (alpha IN BOOLEAN MODE)")]
    [InlineData("\u0000")]
    [InlineData("alpha\u0000beta")]
    [InlineData("\u0007\u001b")]
    public async Task Operators_do_no_harm(string query)
    {
        var answer = await kumiko.Anyone.GetAsync($"/api/crud/posts?q={Uri.EscapeDataString(query)}");
        Assert.True(answer.Status is 200 or 400, $"{answer}");
        if (answer.Status == 400)
            answer.IsProblem(400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    [InlineData("%E3%80%80%09")]
    [InlineData("%E2%80%8B%EF%B8%8F")]
    public async Task A_blank_query_lists_all_posts(string query)
    {
        var frank = await kumiko.NewPersonAsync("frank");
        var post = await frank.WriteAsync("anything");
        Assert.Equal([post.Id], (await kumiko.Anyone.GetAsync($"/api/crud/posts?user_id={frank.Id}&q={query}")).Is(200).Ids);
    }

    [Theory]
    [InlineData("δρόμος", "ο δρόμος|ΔΡΌΜΟΣ ΚΑΛΌΣ")]
    [InlineData("ΔΡΌΜΟΣ", "ο δρόμος|ΔΡΌΜΟΣ ΚΑΛΌΣ")]
    [InlineData("δρόμοσ", "ο δρόμος|ΔΡΌΜΟΣ ΚΑΛΌΣ")]
    [InlineData("istanbul", "İSTANBUL güzel|in Istanbul")]
    [InlineData("İstanbul", "İSTANBUL güzel|in Istanbul")]
    [InlineData("ISTANBUL", "İSTANBUL güzel|in Istanbul")]
    [InlineData("I\u0307stanbul", "İSTANBUL güzel|in Istanbul")]
    [InlineData("ısırgan", "ısırgan otu")]
    [InlineData("STRASSE", "die Straße|DIE STRAẞE")]
    [InlineData("straße", "die Straße|DIE STRAẞE")]
    [InlineData("aße", "die Straße|DIE STRAẞE")]
    [InlineData("office", "the oﬃce")]
    [InlineData("Ꮳꮃꭹ", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ")]
    [InlineData("ᾳ", "ΑΙ and ᾼ")]
    [InlineData("ԱԶԱՏ", "ազատ")]
    [InlineData("եւ", "և այլն")]
    [InlineData("ЁЛКА", "ёлка")]
    [InlineData("ᲛᲔᲓᲐ", "მედა")]
    [InlineData("Ǆ", "ǆ and ǅ")]
    public async Task Letter_case_does_not_matter_in_any_script(string query, string found) =>
        await FindsAsync(
            query,
            found,
            "ο δρόμος",
            "ΔΡΌΜΟΣ ΚΑΛΌΣ",
            "İSTANBUL güzel",
            "in Istanbul",
            "ısırgan otu",
            "die Straße",
            "DIE STRAẞE",
            "the oﬃce",
            "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
            "ΑΙ and ᾼ",
            "ազատ",
            "և այլն",
            "ёлка",
            "მედა",
            "ǆ and ǅ"
        );

    [Theory]
    [InlineData("❤", "heart ❤ plain|heart ❤\uFE0F red")]
    [InlineData("❤\uFE0F", "heart ❤ plain|heart ❤\uFE0F red")]
    [InlineData("coffee", "cof\u00ADfee|cof\u200Bfee")]
    [InlineData("cof\u2060fee", "cof\u00ADfee|cof\u200Bfee")]
    [InlineData("👩👧", "👩\u200D👧")]
    [InlineData("👩\u200D👧", "👩\u200D👧")]
    [InlineData("می\u200Cخواهم", "میخواهم")]
    [InlineData("葛", "葛\U000E0100城")]
    [InlineData("葛城", "葛\U000E0100城")]
    [InlineData("x\uFE0F", null)]
    public async Task Invisible_characters_do_not_matter(string query, string? found) =>
        await FindsAsync(
            query,
            found,
            "heart ❤ plain",
            "heart ❤\uFE0F red",
            "cof\u00ADfee",
            "cof\u200Bfee",
            "👩\u200D👧",
            "میخواهم",
            "葛\U000E0100城"
        );

    [Fact]
    public async Task A_word_of_any_script_is_found()
    {
        // Each from one block or script. Many of them contain letters that an older database doesn't know.
        string[] words =
        [
            "latin",
            "čeština",
            "Ꞓꞔ",
            "Ελληνικά",
            "Кириллица",
            "аԥсуа",
            "հայերեն",
            "עברית",
            "العربية",
            "ࢠࢢ",
            "ܣܘܪܝܝܐ",
            "ދިވެހި",
            "ߒߞߏ",
            "ࠔࠌࠓ",
            "ࡀࡁ",
            "देवनागरी",
            "বাংলা",
            "ਪੰਜਾਬੀ",
            "ગુજરાતી",
            "ଓଡ଼ିଆ",
            "தமிழ்",
            "తెలుగు",
            "ಕನ್ನಡ",
            "അവൻ",
            "മലയാളികൾ",
            "සිංහල",
            "ไทย",
            "ລາວ",
            "བོད་ཡིག",
            "မြန်မာ",
            "ქართული",
            "ᄀᅠ한",
            "አማርኛ",
            "ᏣᎳᎩ",
            "ᐃᓄᒃᑎᑐᑦ",
            "ᚁᚂ",
            "ᚠᚢ",
            "ᜊᜌ",
            "ᜱᜨ",
            "ខ្មែរ",
            "ᠮᠣᠩ",
            "ᤕᤰ",
            "ᥖᥭᥰ",
            "ᦟᦹᧉ",
            "ᨅᨔ",
            "ᨲᩮ",
            "ᬩᬮᬶ",
            "ᮞᮥᮔ",
            "ᯅᯖ",
            "ᰛᰩ",
            "ᱥᱟᱱᱛᱟᱲᱤ",
            "ⰳⰾⰰ",
            "ⲕⲏⲙⲉ",
            "ⵜⴰⵎ",
            "ꆈꌠ",
            "ꓡꓲꓢ",
            "ꕙꔤ",
            "ꚠꚡ",
            "ꠍꠤꠟ",
            "ꡏꡡꡃ",
            "ꢱꣃꢬ",
            "ꤊꤢ",
            "ꤰꤱ",
            "ꦗꦮ",
            "ꨌꩌ",
            "ꪼꪕ",
            "ꯃꯩꯇꯩ",
            "漢字",
            "鿋鿕",
            "鿯",
            "䶶",
            "𠮷野",
            "𪚥",
            "ひらがな",
            "カタカナ",
            "ㄅㄆ",
            "ㆠㆡ",
            "한국어",
            "ힰힱ",
            "𐌰𐌱",
            "𐎠𐎼",
            "𐐐𐐯",
            "𐤀𐤁",
            "𒀀𒀁",
            "𓀀𓀁",
            "𖤍𖤎",
            "𞤀𞤣",
            "𝄞",
            "①②",
            "½",
            "№",
            "€",
            "☃",
            "🎉",
            "🇯🇵",
        ];
        foreach (var some in words.Chunk(40))
        {
            var author = await kumiko.NewPersonAsync("polyglot");
            var written = new Dictionary<string, long>();
            foreach (var word in some)
                written[word] = (await author.WriteAsync($"{word} {Guid.NewGuid():N}")).Id;
            foreach (var word in some)
                Assert.True(
                    (await SearchAsync(word, $"&user_id={author.Id}")).Is(200).Ids.Contains(written[word]),
                    $"{word} was not found."
                );
        }
    }

    [Fact]
    public async Task A_query_may_have_two_hundred_characters()
    {
        (await SearchAsync(new string('a', 200))).Is(200);
        (await SearchAsync(new string('日', 200))).Is(200);
        (await SearchAsync(string.Concat(Enumerable.Repeat("😀", 200)))).Is(200);
        Refused(await SearchAsync(new string('a', 201)), "200 characters");
        Refused(await SearchAsync(string.Concat(Enumerable.Repeat("😀", 201))), "200 characters");
    }

    [Fact]
    public async Task A_query_may_have_eight_words()
    {
        (await SearchAsync("one two three four five six seven eight")).Is(200);
        (await SearchAsync(" one - two, three　four\tfive six-and-a-half . seven eight! ")).Is(200);
        Refused(await SearchAsync("one two three four five six seven eight nine"), "8 words");
        Refused(await SearchAsync(string.Join(' ', Enumerable.Repeat("a", 100))), "8 words");
    }

    [Fact]
    public async Task A_query_that_folds_into_a_very_long_text_finds_only_matching_posts()
    {
        var author = await kumiko.NewPersonAsync("surveyor");
        var post = await author.WriteAsync(new string('㌖', 300));
        await author.WriteAsync("something else");
        Assert.Equal([post.Id], (await SearchAsync(new string('㌖', 200), $"&user_id={author.Id}")).Is(200).Ids);
        Assert.Empty((await SearchAsync(new string('㌖', 199) + "㍿", $"&user_id={author.Id}")).Is(200).Items);
        Assert.Empty((await SearchAsync(new string('ﷺ', 200), $"&user_id={author.Id}")).Is(200).Items);
    }

    [Fact]
    public async Task A_search_covers_all_authors()
    {
        var (alice, bob) = (await kumiko.AliceAsync(), await kumiko.BobAsync());
        var word = $"shared{Guid.NewGuid():N}";
        var first = await alice.WriteAsync($"so says alice: {word}");
        var second = await bob.WriteAsync($"{word}, says bob");
        Assert.Equal([second.Id, first.Id], (await SearchAsync(word)).Is(200).Ids);
        Assert.Equal([first.Id], (await SearchAsync(word, $"&user_id={alice.Id}")).Is(200).Ids);
    }

    [Fact]
    public async Task A_search_is_paged_from_the_newest()
    {
        var frank = await kumiko.NewPersonAsync("frank");
        var word = $"paged{Guid.NewGuid():N}";
        var written = new List<long>();
        for (var n = 0; n < 7; n++)
        {
            written.Add((await frank.WriteAsync($"number {n}: {word}")).Id);
            await frank.WriteAsync($"number {n}: another word");
        }

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await SearchAsync(word, $"&limit=3{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Is(200);
            seen.AddRange(page.Ids);
            cursor = page.NextCursor;
        } while (cursor is not null);
        Assert.Equal(written.AsEnumerable().Reverse(), seen);
    }

    [Fact]
    public async Task An_edited_post_is_found_by_its_new_words_only()
    {
        var alice = await kumiko.AliceAsync();
        var (old, now) = ($"旧い言葉{Guid.NewGuid():N}", $"新しい言葉{Guid.NewGuid():N}");
        var post = await alice.WriteAsync(old);
        (await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = now })).Is(200);
        Assert.Empty((await SearchAsync(old)).Is(200).Items);
        Assert.Equal([post.Id], (await SearchAsync(now)).Is(200).Ids);
    }

    [Fact]
    public async Task A_deleted_post_is_not_found()
    {
        var alice = await kumiko.AliceAsync();
        var word = $"去{Guid.NewGuid():N}";
        var post = await alice.WriteAsync(word);
        Assert.Equal([post.Id], (await SearchAsync(word)).Is(200).Ids);
        (await alice.DeleteAsync($"/api/crud/posts/{post.Id}")).Is(204);
        Assert.Empty((await SearchAsync(word)).Is(200).Items);
    }

    [Fact]
    public async Task The_end_of_the_longest_post_is_found()
    {
        var alice = await kumiko.AliceAsync();
        var word = $"end{Guid.NewGuid():N}";
        var post = await alice.WriteAsync(new string('字', 10_000 - word.Length) + word);
        Assert.Equal([post.Id], (await SearchAsync(word)).Is(200).Ids);
    }

    private static void Refused(Answer answer, string limit)
    {
        answer.IsProblem(422);
        Assert.Contains(limit, answer.Text, StringComparison.Ordinal);
    }

    private async Task FindsAsync(string query, string? found, params string[] contents)
    {
        var (author, ids) = await LibraryAsync(contents);
        var expected = (found?.Split('|') ?? []).Select(content => ids[content]).OrderDescending();
        var answer = (await SearchAsync(query, $"&user_id={author.Id}")).Is(200);
        Assert.Equal(expected, answer.Ids);
    }

    // The rows of a theory search the same posts, so those are written once.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<
        string,
        Lazy<Task<(Person, Dictionary<string, long>)>>
    > Libraries = new();

    private Task<(Person Author, Dictionary<string, long> Ids)> LibraryAsync(string[] contents) =>
        Libraries
            .GetOrAdd(
                string.Join('\n', contents),
                _ =>
                    new(async () =>
                    {
                        var author = await kumiko.NewPersonAsync("librarian");
                        var ids = new Dictionary<string, long>();
                        foreach (var content in contents)
                            ids[content] = (await author.WriteAsync(content)).Id;
                        return (author, ids);
                    })
            )
            .Value;

    private Task<Answer> SearchAsync(string query, string more = "") =>
        kumiko.Anyone.GetAsync($"/api/crud/posts?q={Uri.EscapeDataString(query)}{more}");
}
