using System;

namespace Dllet.PowerShellHost.Json;

/// <summary>A JSON object whose keys cannot become the properties of one object.</summary>
internal sealed class JsonKeyException(string errorId, string message) : InvalidOperationException(message)
{
    public string ErrorId { get; } = errorId;
}
