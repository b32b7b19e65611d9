using System.Text;

namespace Kumiko.Bench.Load.Data;

/// <summary>
/// Posts in English and Japanese, always the same ones, made of invented words that are as frequent as those of a natural language: a few
/// words are in every second post, and most are in a handful (Zipf's law).
/// </summary>
internal sealed class NaturalText
{
    private const int Words = 200_000;
    private const int Unwritten = 1_000;
    private const int Kanji = 2_000;
    private const int MinLength = 40;
    private const int MaxLength = 260;

    // The rank from which words are as frequent as Zipf's law says; the ones before are closer to each other.
    private const double Flattening = 2.7;

    // The parts of English syllables, the frequent ones first.
    private static readonly string[] Onsets = Split(
        ",t,s,r,c,d,p,m,l,b,f,h,n,w,g,st,pr,th,tr,v,sh,ch,pl,cr,gr,br,sp,fr,y,j,wh,cl,k,qu,fl,bl,sl,sc,str,dr,ph,sw,gl,sk,sm,sn,z,tw,kn,wr"
    );
    private static readonly string[] Vowels = Split("e,a,i,o,u,ea,io,ou,ee,ai,y,oo,ow,ie,au,oa,ay,ue,oi,ey,ew,ia,eo,ua");
    private static readonly string[] Codas = Split(
        ",,n,r,s,t,l,d,ng,nt,m,st,nd,c,ll,ck,rs,ss,th,ly,rt,p,b,rd,ch,lt,ns,ct,sh,"
            + "f,rn,g,mp,k,rm,x,pt,tch,lf,rk,v,ft,wn,mb,dge,z,lk,sp,lm,nch"
    );

    // What connects the words of a Japanese sentence. Together they are nearly half of its words.
    private static readonly string[] Particles =
    [
        "の",
        "に",
        "は",
        "を",
        "が",
        "と",
        "で",
        "も",
        "から",
        "まで",
        "です",
        "ます",
        "した",
        "する",
        "ない",
    ];
    private static readonly string[] Endings = ["", "", "", "る", "い", "した", "って", "ます"];
    private static readonly string[] Marks = ["、", "。", "。", "！"];

    private readonly string[] _english;
    private readonly string[] _japanese;
    private readonly double[] _shares;

    public NaturalText()
    {
        var random = new Random(1);
        _english = Distinct(rank => EnglishWord(random, rank));
        _japanese = Distinct(rank => JapaneseWord(random, rank));
        _shares = new double[Words];
        for (var rank = 0; rank < Words; rank++)
            _shares[rank] = 1 / (rank + Flattening) + (rank == 0 ? 0 : _shares[rank - 1]);
    }

    /// <summary>English words that are in many posts.</summary>
    public IEnumerable<string> CommonEnglish => _english[10..60];

    /// <summary>English words that are in about one of a hundred thousand posts.</summary>
    public IEnumerable<string> RareEnglish => _english[(Words - Unwritten)..Words];

    /// <summary>Words that look like English and are in no post, except inside other words.</summary>
    public IEnumerable<string> UnwrittenEnglish => _english[Words..];

    /// <summary>Japanese words that are in many posts.</summary>
    public IEnumerable<string> CommonJapanese => _japanese[10..60];

    /// <summary>Japanese words that are in about one of a hundred thousand posts.</summary>
    public IEnumerable<string> RareJapanese => _japanese[(Words - Unwritten)..Words];

    /// <summary>The text of a post.</summary>
    public string Post(int id)
    {
        var random = new Random(id);
        var length = random.Next(MinLength, MaxLength);
        var text = new StringBuilder(MaxLength + 20);
        // One of ten has both languages.
        var japanese = random.Next(2) == 0;
        var other = random.Next(10) == 0 ? length / 2 : length;
        while (text.Length < length)
        {
            if (japanese == text.Length < other)
                AppendJapanese(text, random);
            else
                AppendEnglish(text, random);
        }

        return text.ToString();
    }

    private void AppendEnglish(StringBuilder text, Random random) =>
        text.Append(Pick(_english, random))
            .Append(
                random.Next(8) == 0 ? ", "
                : random.Next(10) == 0 ? ". "
                : " "
            );

    private void AppendJapanese(StringBuilder text, Random random)
    {
        text.Append(Pick(_japanese, random)).Append(Part(Particles, random));
        if (random.Next(5) == 0)
            text.Append(Marks[random.Next(Marks.Length)]);
    }

    private string Pick(string[] words, Random random)
    {
        var rank = Array.BinarySearch(_shares, random.NextDouble() * _shares[^1]);
        return words[Math.Min(rank < 0 ? ~rank : rank, Words - 1)];
    }

    private static string[] Distinct(Func<int, string> next)
    {
        var words = new List<string>();
        var known = new HashSet<string>();
        while (words.Count < Words + Unwritten)
        {
            var word = next(words.Count);
            if (known.Add(word))
                words.Add(word);
        }

        return [.. words];
    }

    // Frequent words are short.
    private static string EnglishWord(Random random, int rank)
    {
        var word = new StringBuilder();
        for (var syllables = 1 + random.Next(2) + (rank > 1_000 ? 1 : 0); syllables > 0 || word.Length < 2; syllables--)
            word.Append(Part(Onsets, random)).Append(Part(Vowels, random)).Append(Part(Codas, random));
        return word.ToString();
    }

    // The first quarter of the parts is in half of all syllables.
    private static string Part(string[] parts, Random random) => parts[(int)(parts.Length * Math.Pow(random.NextDouble(), 2))];

    private static string[] Split(string parts) => parts.Split(',');

    private static string JapaneseWord(Random random, int rank)
    {
        var word = new StringBuilder();
        // Katakana for one word of four.
        if (random.Next(4) == 0)
        {
            for (var length = random.Next(3, 6); length > 0; length--)
                word.Append((char)random.Next('ア', 'ン'));
            return word.ToString();
        }

        for (var length = random.Next(1, 3) + (rank > 100 ? 1 : 0); length > 0; length--)
            word.Append((char)('一' + (int)(Kanji * Math.Pow(random.NextDouble(), 2))));
        return word.Append(Endings[random.Next(Endings.Length)]).ToString();
    }
}
