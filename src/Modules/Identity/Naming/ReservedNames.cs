using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Names that nobody may take, and neither may names that look like them: they would seem to speak for the installation, or be read as a
/// missing name (<c>Names:Reserved</c>).
/// </summary>
internal sealed class ReservedNames
{
    public const string Setting = "Names:Reserved";

    private const string Default =
        "abuse, account, admin, administration, administrator, anonymous, api, bot, contact, daemon, deleted, everyone, guest, help, "
        + "helpdesk, hostmaster, info, kumiko, me, mod, moderation, moderator, nan, nil, nobody, none, noreply, no-reply, null, "
        + "official, operator, owner, postmaster, root, security, service, staff, superuser, support, sysadmin, system, team, true, "
        + "false, undefined, unknown, user, webmaster, www, 管理者, 管理人, 運営, 運営者, 公式, サポート, 匿名, システム";

    private readonly HashSet<string> _keys;
    private readonly HashSet<string> _skeletons;

    public ReservedNames(IConfiguration configuration)
    {
        var names = (configuration[Setting] ?? Default).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _keys = [.. names.Select(Names.Key)];
        _skeletons = [.. names.SelectMany(Skeletons)];
    }

    public bool Contains(string name) => IsReserved(name) || IsReserved(WithoutSigns(name));

    private bool IsReserved(string name) => _keys.Contains(Names.Key(name)) || Skeletons(name).Any(_skeletons.Contains);

    // Reserved names are read in any case: "ADMlN" looks like "ADMIN", and "lnfo" like "Info", although neither looks the same in small
    // letters. A dot below a letter or a stroke through it does not make another name of them either, as it does for people's names.
    private static IEnumerable<string> Skeletons(string name) =>
        [WithoutMarks(Names.Skeleton(name)), WithoutMarks(Names.Skeleton(name.ToUpperInvariant()))];

    // A skeleton is decomposed, so its marks are separate characters.
    private static string WithoutMarks(string skeleton) =>
        string.Concat(skeleton.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark));

    // "_admin_" and "ad-min" seem to speak for the installation as well.
    private static string WithoutSigns(string name) => string.Concat(name.Where(character => character is not ('_' or '-' or '.')));
}
