using System.Drawing;
using System.Text;
using QRCoder;

namespace Kumiko.Identity.SecondFactors;

/// <summary>Draws a text as a QR code.</summary>
internal static class QrPicture
{
    // With it a viewer scales the picture; only the proportions count.
    private static readonly Size Square = new(256, 256);

    /// <summary>The picture as an SVG in a <c>data:</c> address, black on white with a quiet zone, whatever the page's colours.</summary>
    public static string DataUri(string text)
    {
        // Level M (15 % may be covered) is what apps are tested with, and keeps the modules large.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        var svg = picture.GetGraphic(Square, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }
}
